// The desk's keys. Everything here also works without this file: each key presses what carries `data-key`.
(() => {
  "use strict";
  const keys = document.getElementById("keys");
  const showKeys = document.getElementById("show-keys");
  const rows = [...document.querySelectorAll("[data-row]")];

  const typing = (element) => element.matches("textarea, select, input:not([type=radio], [type=checkbox])");
  const inRow = () => document.activeElement.closest("[data-row]");
  const find = (selector) => inRow()?.querySelector(selector) ?? document.querySelector(`:not([data-row] *)${selector}`);

  function step(by) {
    const at = rows.indexOf(inRow());
    const next = at < 0 ? 0 : Math.min(Math.max(at + by, 0), rows.length - 1);
    rows[next].focus();
    rows[next].scrollIntoView({ block: "nearest" });
  }

  function chooseReason(key) {
    const radio = document.activeElement.closest("[data-refusal]")?.querySelector(`[data-reason="${key}"]`);
    if (!radio) return false;
    radio.checked = true;
    radio.focus();
    return true;
  }

  function press(key) {
    if (key === "?") return keys.showModal() ?? true;
    if (!/^[a-z0-9]$/.test(key)) return false;
    if (chooseReason(key)) return true;
    if (rows.length && (key === "j" || key === "k")) return step(key === "j" ? 1 : -1) ?? true;
    const target = key === "w" ? find("[data-words]") : find(`[data-key="${key}"]`) ?? find(`[data-open="${key}"] [data-reason]`);
    if (!target) return false;
    if (key === "w" || target.matches("[data-reason]")) target.focus();
    else target.click();
    return true;
  }

  document.addEventListener("keydown", (event) => {
    const element = event.target instanceof Element ? event.target : document.body;
    if (typing(element)) {
      if (event.key === "Escape") element.blur();
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) element.form?.requestSubmit(element.form.querySelector("button.stop"));
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || keys.open) return;
    if (event.repeat && !(rows.length && "jk".includes(event.key))) return; // a key held down decides once
    if (press(event.key)) event.preventDefault();
  });

  // A second press while the answer is on its way is not a second decision.
  document.addEventListener("submit", (event) => {
    if (event.target.method === "dialog") return;
    if (event.target.dataset.sent) event.preventDefault();
    event.target.dataset.sent = "yes";
  });
  addEventListener("pageshow", () => document.querySelectorAll("[data-sent]").forEach((form) => delete form.dataset.sent));

  showKeys.hidden = false;
  showKeys.addEventListener("click", () => keys.showModal());
  document.querySelector("[data-refusal]:not([data-open]) [data-reason]")?.focus(); // the page that only asks for a reason
})();
