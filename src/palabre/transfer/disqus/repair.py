"""Mend the slips that make one record's XML unreadable; used only after a strict look has found errors."""

from __future__ import annotations

import re
from html.entities import html5

_CDATA = re.compile(r"(<!\[CDATA\[.*?(?:\]\]>|(?=</message>)|\Z))", re.DOTALL)
_BARE_LESS_THAN = re.compile(r"<(?![A-Za-z_/!?])")
_AMPERSAND = re.compile(
    r"&(?!(?:amp|lt|gt|quot|apos|#[0-9]{1,7}|#x[0-9A-Fa-f]{1,6});)(?:([A-Za-z][A-Za-z0-9]{0,31});)?"
)
_TAG = re.compile(r"<[A-Za-z_][^<>]*>")
_UNQUOTED = re.compile(r"""(\s[A-Za-z_:][\w:.-]*=)([^\s"'<>=]+?)(?=\s|/?>)""")
_REFERENCE = re.compile(r"&#(?:x([0-9A-Fa-f]{1,32})|([0-9]{1,32}));", re.IGNORECASE)
_BARE_CLOSE = re.compile(r"\]\]>")


def with_legal_references(xml: str) -> str:
    """``xml`` without references to what is no character (``&#0;``, halves of surrogate pairs).

    Always done first: libxml2 lets ``&#xD800;`` through when told to recover, as bytes that are no UTF-8.
    """
    return _REFERENCE.sub(_legal, xml) if "&#" in xml else xml


def _legal(found: re.Match[str]) -> str:
    code = int(found[1], 16) if found[1] else int(found[2])
    legal = code in (9, 10, 13) or 0x20 <= code < 0xD800 or 0xE000 <= code < 0xFFFE or 0x10000 <= code < 0x110000
    return found[0] if legal else ""


def repaired(xml: str) -> str:
    """``xml`` with stray ``<`` and ``&`` escaped, HTML's entities spelt out, attributes quoted and CDATA closed."""
    return "".join(_part(part) for part in _CDATA.split(xml))


def _part(part: str) -> str:
    if part.startswith("<![CDATA["):
        return part if part.endswith("]]>") else part + "]]>"
    part = _BARE_CLOSE.sub("]]&gt;", _BARE_LESS_THAN.sub("&lt;", part))
    return _TAG.sub(lambda tag: _UNQUOTED.sub(r'\1"\2"', tag[0]), _AMPERSAND.sub(_entity, part))


def _entity(found: re.Match[str]) -> str:
    """An HTML entity as its character; anything else was meant as an ampersand."""
    name = found[1]
    character = html5.get(f"{name};") if name else None
    return "".join(f"&#{ord(one)};" for one in character) if character else "&amp;" + found[0][1:]
