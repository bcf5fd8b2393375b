"""HTML bodies of other systems as the small Markdown of our comments.

Two locks: nh3 first reduces the HTML to a handful of elements (scripts, styles and handlers are gone before anything
is looked at), and what comes out here is plain text that ``base.html`` renders like anything a reader typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import nh3
from lxml import html as lxml_html
from lxml.html import HtmlElement

from palabre.base.html import plain
from palabre.base.text import RawText, clean_text

_TAGS = {"p", "br", "em", "i", "strong", "b", "del", "s", "strike", "a", "blockquote", "ul", "ol", "li", "code", "pre"}
_TAGS |= {"div", "img"}
_GONE = {"script", "style", "iframe", "object", "noscript", "template", "textarea", "title", "svg", "math"}
_MARKS = {"em": "*", "i": "*", "strong": "**", "b": "**", "del": "~~", "s": "~~", "strike": "~~"}
_BLOCKS = {"p", "div", "blockquote", "ul", "ol", "pre", "li"}
_MAX_DEPTH = 8

_SPECIAL = re.compile(r"[\\`*\[\]<]|(?<![^\W_])_|_(?![^\W_])|~(?=~)|&(?=#?\w{1,32};)")
_LINE_START = re.compile(
    r"^[ \t]*(?:(?=>|#{1,6}(?:\s|$)|[+-](?:\s|$)|[=-]+\s*$)|(\d{1,9})(?=[.)](?:\s|$)))", re.MULTILINE
)
_URL = re.compile(r"(https?://[^\s<>]+)")
_MENTION = re.compile(r"(@[\w.-]+):disqus\b")


def to_markdown(html: str) -> RawText:
    """``html``, however hostile, as Markdown that renders to the same words; plain text keeps its line breaks."""
    clean = nh3.clean(
        html if "<" in html else html.replace("\n", "<br>"),
        tags=_TAGS,
        clean_content_tags=_GONE,
        attributes={"a": {"href"}, "img": {"src"}},
        url_schemes={"http", "https"},
        link_rel=None,
    )
    root = lxml_html.fragment_fromstring(clean, create_parent="div")
    text = "\n\n".join(_blocks(root, 0)) or escaped(plain(clean))  # too deep for the parser: the words alone
    return clean_text(_MENTION.sub(r"\1", text))


def escaped(text: str) -> str:
    """``text`` with the characters Markdown would take for its own marked as plain; addresses stay whole."""
    parts = _URL.split(text)
    return "".join(_safe_address(part) if at % 2 else _SPECIAL.sub(r"\\\g<0>", part) for at, part in enumerate(parts))


def _safe_address(url: str) -> str:
    return f"<{url}>" if _SPECIAL.search(url) else url


def _blocks(element: HtmlElement, depth: int) -> list[str]:
    """The paragraphs, quotes, lists and code in ``element``, each as its own text."""
    blocks: list[str] = []
    line = ""
    for part in _parts(element):
        if isinstance(part, str):
            line += _words(part)
        elif part.tag in _BLOCKS and depth < _MAX_DEPTH:
            blocks += [_paragraph(line), *_block(part, depth + 1)]
            line = ""
        else:
            line += _inline(part, depth + 1)
    return [block for block in [*blocks, _paragraph(line)] if block]


def _block(element: HtmlElement, depth: int) -> list[str]:
    if element.tag == "pre":
        return [_fenced(element.text_content())]
    if element.tag in ("ul", "ol"):
        return ["\n".join(_items(element, depth))]
    inner = _blocks(element, depth)
    return [_indented("\n\n".join(inner), "> ", "> ")] if element.tag == "blockquote" and inner else inner


def _items(element: HtmlElement, depth: int) -> Iterator[str]:
    items = ["\n\n".join(_blocks(item, depth)) for item in element if item.tag == "li"]
    for number, item in enumerate(filter(None, items), start=1):
        bullet = f"{number}. " if element.tag == "ol" else "- "
        yield _indented(item, bullet, " " * len(bullet))


def _indented(text: str, first: str, other: str) -> str:
    lines = text.split("\n")
    return "\n".join(((other if at else first) + line).rstrip() for at, line in enumerate(lines))


def _fenced(code: str) -> str:
    fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", code)), default=0))
    return f"{fence}\n{code.strip(chr(10))}\n{fence}" if code.strip() else ""


def _paragraph(line: str) -> str:
    text = re.sub(r"\n{3,}", "\n\n", re.sub(r"[ \t]*\n[ \t]*", "\n", line)).strip()
    return _LINE_START.sub(r"\1\\", text)


def _inline(element: HtmlElement, depth: int) -> str:
    if element.tag == "br":
        return "\n"
    if element.tag == "img":
        return _link("", element.get("src", ""))
    if element.tag in ("code", "pre"):
        return _code(element.text_content())
    inner = _words(element.text_content()) if depth > _MAX_DEPTH else _content(element, depth)
    if element.tag == "a":
        return _link(inner, element.get("href", ""))
    return _wrapped(inner, _MARKS.get(str(element.tag), ""))


def _content(element: HtmlElement, depth: int) -> str:
    return "".join(_words(part) if isinstance(part, str) else _inline(part, depth + 1) for part in _parts(element))


def _parts(element: HtmlElement) -> Iterator[str | HtmlElement]:
    """Text and elements directly in ``element``, in order."""
    if element.text:
        yield element.text
    for child in element:
        if isinstance(child.tag, str):
            yield child
        if child.tail:
            yield child.tail


def _words(text: str) -> str:
    return escaped(re.sub(r"[ \t\r\n\f]+", " ", text))


def _wrapped(inner: str, mark: str) -> str:
    """``inner`` between marks that touch its words, as Markdown wants them; white space goes outside."""
    core = inner.strip()
    if not core or not mark or "\n\n" in core:
        return inner
    before, _, after = inner.partition(core)
    return f"{before}{mark}{core}{mark}{after}"


def _code(text: str) -> str:
    text = " ".join(text.split())
    fence = "`" * (1 + max((len(run) for run in re.findall("`+", text)), default=0))
    edge = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{edge}{text}{edge}{fence}" if text else ""


def _link(inner: str, href: str) -> str:
    """A link; one whose words are its own address, often cut short, is written as the address alone."""
    url = _encoded(unwrapped(href.strip()))
    words = " ".join(inner.split())
    if not url.startswith(("http://", "https://")):
        return words
    if not words or _is_address(words, url):
        return f"<{url}>"
    return f"[{words}]({url})" if not re.search(r"[()\\]", url) else f"[{words}](<{url}>)"


def _is_address(words: str, url: str) -> bool:
    bare = re.sub(r"\\(.)", r"\1", words).strip("<>").removesuffix("...").removesuffix("…")
    return bool(bare) and (url.startswith(bare) or url.partition("://")[2].removeprefix("www.").startswith(bare))


def _encoded(url: str) -> str:
    return re.sub(r"[\s<>\\\x00-\x20]", lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), url)


def unwrapped(url: str) -> str:
    """Where a link through Disqus' counter (``disq.us/url?url=ADDRESS:KEY``) leads; any other address as it is."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    if parts.hostname != "disq.us" or parts.path != "/url":
        return url
    target = parse_qs(parts.query).get("url", [""])[0]
    return target.rpartition(":")[0] if target.count(":") > 1 else target or url
