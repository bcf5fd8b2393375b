"""From what people type to HTML that may be sent to a browser.

markdown-it renders with raw HTML switched off, and nh3 then lets through only the elements named here
(docs/decisions/0005-allowed-html.md): two locks, either of which would do.
"""

from __future__ import annotations

import html
import re
from typing import NewType

import nh3
from markdown_it import MarkdownIt

from palabre.base.text import RawText

#: HTML that has been through nh3 and may be sent to a browser.
SafeHtml = NewType("SafeHtml", str)

COMMENT_TAGS = frozenset({"p", "br", "em", "strong", "del", "a", "blockquote", "ul", "ol", "li", "code", "pre"})
ARTICLE_TAGS = COMMENT_TAGS | {
    "h2",
    "h3",
    "h4",
    "hr",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "cite",
    "sup",
    "sub",
}
COMMENT_REL = "nofollow ugc noopener"
SCHEMES = {"http", "https", "mailto"}

_NESTING = 12
_DEEP_QUOTE = re.compile(rf"^(?:[ \t]*>){{{_NESTING},}}", re.MULTILINE)

_comment_markdown = MarkdownIt("js-default", {"html": False, "linkify": True, "breaks": True, "maxNesting": _NESTING})
_comment_markdown.disable(["image", "heading", "lheading", "hr", "table", "html_block", "html_inline", "reference"])
_article_markdown = MarkdownIt("js-default", {"html": False, "linkify": False, "typographer": False}).disable(["image"])


def render_comment(text: RawText) -> SafeHtml:
    """The small Markdown of comments (emphasis, links, quotes, lists, code) as safe HTML."""
    return sanitise_comment(_comment_markdown.render(_DEEP_QUOTE.sub(">" * (_NESTING - 1), text)))


def sanitise_comment(markup: str) -> SafeHtml:
    """``markup`` from anywhere, reduced to what a comment may hold."""
    return SafeHtml(
        nh3.clean(
            markup,
            tags=set(COMMENT_TAGS),
            attributes={"a": {"href"}},
            url_schemes={"http", "https"},
            link_rel=COMMENT_REL,
            clean_content_tags={"script", "style", "iframe", "object", "noscript", "template", "textarea", "title"},
        ).strip()
    )


def render_article(text: str) -> SafeHtml:
    """An article's Markdown as safe HTML; its own headings start at ``h2``."""
    return SafeHtml(
        nh3.clean(
            _article_markdown.render(text),
            tags=set(ARTICLE_TAGS),
            attributes={"a": {"href", "title"}, "ol": {"start"}},
            url_schemes=SCHEMES,
            link_rel="noopener",
        ).strip()
    )


def plain(markup: str) -> str:
    """The words of ``markup`` without any element, for feeds' titles, mail and the engine."""
    spaced = re.sub(r"(?i)<(?:/p|br ?/?|/li|/blockquote|/h\d)>", "\n", markup)
    return html.unescape(nh3.clean(spaced, tags=set())).strip()
