/* Palabre's discussion. On a page that has one already it lets people answer in place; on any other page of a
   registered origin it brings one: <script src="https://comments.example/palabre.js" data-thread="tram" defer></script>
   Without data-thread the page's canonical address names the thread. docs/reference/widget.md lists every attribute. */
(() => {
  "use strict";
  const STYLE = "/* style */", SITE = "/* site */", KEY = "palabre", KEPT = 20;
  const WORDS = {
    en: { write: "Write a comment", none: "No comments yet", failed: "The discussion could not be loaded.", again: "Try again", own: "Your comment" },
    fr: { write: "Écrire un commentaire", none: "Pas encore de commentaire", failed: "La discussion n’a pas pu être chargée.", again: "Réessayer", own: "Votre commentaire" },
  };
  const script = document.currentScript;
  const base = new URL(".", script.src).href;
  const given = script.dataset;
  const site = given.site || SITE;
  const page = {
    url: given.url || document.querySelector("link[rel=canonical]")?.href || location.href.split("#")[0],
    title: given.title || document.title,
  };
  let policy = null;
  try { policy = window.trustedTypes?.createPolicy("palabre", { createHTML: (text) => text }); } catch { /* the page allows no policy */ }

  let root, section, form, home, embedded = false, sending = false;

  /* ---- small things ---- */
  const words = () => WORDS[(section?.lang || document.documentElement.lang || "en").slice(0, 2)] || WORDS.en;
  const make = (tag, fields = {}, ...children) => {
    const element = Object.assign(document.createElement(tag), fields);
    element.append(...children);
    return element;
  };
  const parse = (text) => {
    const template = document.createElement("template");
    template.innerHTML = policy ? policy.createHTML(text) : text;
    return template.content;
  };
  const field = (name) => form.elements.namedItem(name);
  const number = (comment) => comment?.dataset.number || "";
  const stored = (area, key) => { try { return JSON.parse(area().getItem(key)); } catch { return null; } };
  const store = (area, key, value) => { try { area().setItem(key, JSON.stringify(value)); } catch { /* full, or forbidden */ } };
  const local = () => localStorage, session = () => sessionStorage;  // even naming them may throw
  const focus = (element) => { element.tabIndex = -1; element.focus({ preventScroll: true }); element.scrollIntoView({ block: "nearest" }); };

  /* ---- bringing the discussion ---- */
  function dress() {
    if ("adoptedStyleSheets" in document) {  // a strict style-src of the page stands in the way of <style>, not of this
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(STYLE);
      document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    } else document.head.append(make("style", { textContent: STYLE }));
  }
  function shade() {  // a dark page that does not say so by color-scheme: its text is light
    const [red, green, blue] = (getComputedStyle(section || root).color.match(/[\d.]+/g) || [0, 0, 0]).map(Number);
    root.style.colorScheme = 0.3 * red + 0.6 * green + 0.1 * blue > 140 ? "dark" : "light";
  }
  function where(number) {
    const thread = section?.dataset.thread || given.thread;
    return thread && (number > 1 || given.thread) ? `${base}d/${site}/${encodeURIComponent(thread)}/${number}.html`
      : `${base}d/${site}/find?url=${encodeURIComponent(page.url)}`;
  }
  async function bring(number) {
    root.classList.add("palabre-loading");
    root.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(where(number));
      if (answer.ok) show(parse(await answer.text()));
      else if (answer.status === 404 && number === 1) show(empty());
      else throw new Error(answer.statusText);
      return true;
    } catch {
      failed(number);
      return false;
    } finally {
      root.classList.remove("palabre-loading");
      root.removeAttribute("aria-busy");
    }
  }
  function empty() {
    const lang = document.documentElement.lang || "en";
    const fresh = make("section", { className: "palabre", id: "discussion", lang }, make("h2", { className: "palabre-count" }));
    fresh.firstChild.textContent = (WORDS[lang.slice(0, 2)] || WORDS.en).none;
    return fresh;
  }
  function show(fragment) {
    const fresh = fragment.querySelector?.("section.palabre") || fragment;
    for (const link of fresh.querySelectorAll('a[href^="/"]')) link.href = new URL(link.getAttribute("href"), base).href;
    if (form) home.before(form);  // out of the page that goes, with what is typed in it
    section ? section.replaceWith(fresh) : root.prepend(fresh);
    section = fresh;
    root.querySelector(".palabre-failed")?.remove();
    shade();
    offer();
    mark();
  }
  function failed(number) {
    root.querySelector(".palabre-failed")?.remove();
    const again = make("button", { type: "button", textContent: words().again, onclick: () => bring(number) });
    root.prepend(make("div", { className: "palabre-note palabre-failed", role: "alert" }, make("p", { textContent: words().failed }), again));
  }
  function offer() {  // a button that brings the form: nobody who only reads costs a request
    if (form || "closed" in section.dataset || root.querySelector(".palabre-start")) return;
    const button = make("button", { type: "button", textContent: words().write, onclick: () => write(null) });
    root.append(make("div", { className: "palabre-note palabre-start" }, button));
  }
  async function turn(link) {
    const number = Number(link.dataset.page);
    if (await bring(number)) {
      const heading = section.querySelector(".palabre-count");
      focus(heading);
      heading.scrollIntoView();
    }
  }

  /* ---- the form ---- */
  async function write(comment) {
    if (!form && !(await fetchForm())) return;
    const place = comment?.querySelector(":scope > article");
    place ? place.append(form) : home.before(form);
    field("parent").value = number(comment);
    const name = comment?.querySelector(".palabre-name")?.textContent;
    form.querySelector("h3").textContent = comment
      ? form.dataset.reply.replace("{n}", number(comment)).replace("{name}", () => name) : form.dataset.title;
    form.querySelector(".palabre-cancel").hidden = !comment;
    (field("name").value ? field("text") : field("name")).focus();
  }
  async function fetchForm() {
    const query = new URLSearchParams({ thread: section.dataset.thread || given.thread || "", ...page });
    try {
      const answer = await fetch(`${base}d/${site}/form?${query}`);
      if (!answer.ok) throw new Error(answer.statusText);
      const fragment = parse(await answer.text());
      root.querySelector(".palabre-start")?.replaceWith(fragment);
      const fresh = root.querySelector("form.palabre-form");
      if (fresh) adopt(fresh);
      return Boolean(fresh);
    } catch {
      say(words().failed);
      return false;
    }
  }
  function adopt(found) {
    form = found;
    home = document.createComment("palabre");
    form.after(home);
    form.action = new URL(form.getAttribute("action"), base).href;  // of the server, wherever the form stands
    form.dataset.title = form.querySelector("h3").textContent;
    const cancel = make("button", { type: "button", className: "palabre-secondary palabre-cancel", textContent: form.dataset.cancel, hidden: true, onclick: giveUp });
    form.querySelector(".palabre-buttons").append(cancel);
    field("text").after(make("span", { className: "palabre-left", id: "palabre-left" }));
    field("text").value ||= stored(session, form.action) || "";
    form.addEventListener("input", count);
    form.addEventListener("submit", submit);
    form.addEventListener("keydown", (event) => { if (event.key === "Escape" && !cancel.hidden) giveUp(); });
    count();
  }
  function giveUp() {
    const comment = form.closest(".palabre-comment");
    home.before(form);
    field("parent").value = "";
    form.querySelector("h3").textContent = form.dataset.title;
    form.querySelector(".palabre-cancel").hidden = true;
    comment?.querySelector(".palabre-reply")?.focus();
  }
  const left = () => field("text").dataset.max - [...field("text").value.trim().replace(/\r\n?/g, "\n")].length;
  function count() {
    const place = form.querySelector(".palabre-left");
    place.textContent = form.dataset.left.replace("{n}", left());
    place.setAttribute("aria-live", left() < 100 ? "polite" : "off");
    place.toggleAttribute("data-over", left() < 0);
    store(session, form.action, field("text").value);
  }
  async function submit(event) {
    event.preventDefault();
    if (sending) return;
    if (left() < 0) return complain([form.dataset.long]);
    busy(true);
    await (event.submitter?.name === "preview" ? preview() : send());
    busy(false);
  }
  function busy(now) {
    sending = now;
    for (const button of form.querySelectorAll("button")) button.setAttribute("aria-disabled", now);
  }
  async function post(address) {
    const body = new URLSearchParams(new FormData(form));
    if (embedded) for (const name of ["url", "title"]) body.set(name, page[name]);
    const answer = await fetch(address, { method: "POST", headers: { Accept: "application/json" }, body });
    const said = await answer.json();
    if (said.token) field("token").value = said.token;
    if (said.kinds?.includes("parent_gone")) giveUp();
    if (said.problems) complain(said.problems);
    return said;
  }
  async function preview() {
    try {
      const said = await post(form.action.replace(/comment$/, "preview"));
      if (!said.html) return;
      clear();
      const shown = make("section", { className: "palabre-preview" }, make("div", { className: "palabre-text" }, parse(said.html)));
      shown.setAttribute("aria-label", form.dataset.preview);
      form.querySelector(".palabre-buttons").before(shown);
      focus(shown);
    } catch { complain([form.dataset.offline]); }
  }
  async function send() {
    try {
      const said = await post(form.action);
      if (said.status_url) thank(said);
    } catch { complain([form.dataset.offline]); }
  }
  function thank(said) {
    clear();
    giveUp();
    field("text").value = "";
    count();
    const own = stored(local, KEY) || [];
    store(local, KEY, [...own, { thread: form.action, url: said.status_url }].slice(-KEPT));
    focus(say(said.message, said.status_url));
  }
  function clear() {
    for (const old of form.querySelectorAll(".palabre-problems, .palabre-preview")) old.remove();
  }
  function complain(problems) {
    clear();
    const list = make("ul", {}, ...problems.map((textContent) => make("li", { textContent })));
    const box = make("div", { className: "palabre-problems" }, list);
    box.setAttribute("role", "alert");
    form.querySelector("h3").after(box);
    focus(box);
  }
  function say(textContent, address) {  // one line a comment of one's own; read out, as the place is always there
    const line = make("p", { textContent });
    if (address) line.append(" ", make("a", { href: address, rel: "noreferrer", textContent: form?.dataset.follow || words().own }));
    line.dataset.of = address || "";
    for (const old of note.querySelectorAll("p")) if (old.dataset.of === line.dataset.of) old.remove();
    note.append(line);
    return note;
  }

  /* ---- one's own comments ---- */
  const belongs = (own) => own.thread.endsWith(`/d/${section.dataset.site}/${section.dataset.thread}/comment`);
  async function mark() {
    const mine = section.dataset.thread ? (stored(local, KEY) || []).filter(belongs).slice(-5) : [];
    for (const own of mine) {
      try {
        const answer = await fetch(own.url, { headers: { Accept: "application/json" } });
        if (answer.ok) point(own, await answer.json());
        if (answer.status === 404) forget(own);
      } catch { /* next time */ }
    }
  }
  function point(own, said) {
    if (said.state === "withdrawn") return forget(own);
    if (said.state !== "published") return say(`${said.message}.`, own.url);
    const acts = section.querySelector(`#c${said.number} > article > .palabre-acts`);
    if (acts && !acts.querySelector(".palabre-act"))
      acts.append(make("a", { className: "palabre-act", href: own.url, rel: "noreferrer", textContent: words().own }));
  }
  const forget = (own) => store(local, KEY, (stored(local, KEY) || []).filter((other) => other.url !== own.url));

  /* ---- beginning ---- */
  const note = make("div", { className: "palabre-note" });
  note.setAttribute("role", "status");
  function listen() {
    section?.after(note);
    root.addEventListener("click", (event) => {
      if (event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
      const reply = event.target.closest?.("a.palabre-reply"), other = event.target.closest?.(".palabre-pages a[data-page]");
      if (reply && (form || embedded)) { event.preventDefault(); write(reply.closest(".palabre-comment")); }
      if (other && embedded) { event.preventDefault(); turn(other); }
    });
  }
  async function embed() {
    embedded = true;
    root = make("div", { className: "palabre-embed" });
    const place = given.target && document.querySelector(given.target);
    if (place) place.append(root);
    else document.body.contains(script) ? script.after(root) : (document.querySelector("main") || document.body).append(root);
    dress();
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", shade);
    root.append(note);
    listen();
    if (await bring(Number(new URLSearchParams(location.search).get("discussion")) || 1)) settle();
  }
  function settle() {  // the address may name a comment that was not there when the page came
    const target = /^#(c\d+|discussion)$/.test(location.hash) && document.getElementById(location.hash.slice(1));
    if (target) { target.scrollIntoView(); target.classList.add("palabre-target"); }
  }
  function enhance() {
    root = section.parentElement;
    const found = root.querySelector("form.palabre-form[action$='/comment']");
    if (found) adopt(found);
    listen();
    mark();
  }
  section = document.querySelector("section.palabre");
  if (window.palabre) return;  // a page that names the script twice has one discussion all the same
  window.palabre = true;
  section ? enhance() : embed();
})();
