"""Small Disqus exports for the tests, written here."""

from __future__ import annotations

import io
from typing import BinaryIO

OPEN = '<disqus xmlns="http://disqus.com" xmlns:dsq="http://disqus.com/disqus-internals">'
DECLARATION = '<?xml version="1.0" encoding="utf-8"?>'


def thread(key: str = "1", link: str = "https://gazette.example/school-garden", **fields: str) -> str:
    inner = "".join(f"<{name}>{value}</{name}>" for name, value in fields.items())
    return f'<thread dsq:id="{key}"><id/><link>{link}</link>{inner}</thread>\n'


def post(key: str, body: str = "<p>A calm word.</p>", *, under: str = "1", parent: str = "", **fields: str) -> str:
    given = {"createdAt": "2019-05-04T10:00:00Z", "isDeleted": "false", "isSpam": "false"} | fields
    name = given.pop("name", "Anne")
    email = f"<email>{given.pop('email')}</email>" if "email" in given else ""
    inner = "".join(f"<{tag}>{value}</{tag}>" for tag, value in given.items())
    above = f'<parent dsq:id="{parent}"/>' if parent else ""
    return (
        f'<post dsq:id="{key}"><message><![CDATA[{body}]]></message>{inner}<author>{email}<name>{name}</name></author>'
        f'<ipAddress>203.0.113.9</ipAddress><thread dsq:id="{under}"/>{above}</post>\n'
    )


def text(*records: str) -> str:
    return f"{DECLARATION}\n{OPEN}\n{''.join(records)}</disqus>\n"


def export(*records: str) -> BinaryIO:
    return raw(text(*records))


def raw(xml: str | bytes) -> BinaryIO:
    return io.BytesIO(xml.encode() if isinstance(xml, str) else xml)
