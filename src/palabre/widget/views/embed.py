"""The embed: one script that carries its style, and the style alone for pages that link it."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from functools import lru_cache
from pathlib import Path

import brotli
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from palabre.widget import queries

FOLDER = Path(__file__).resolve().parent.parent / "static" / "widget"
REFUSED = re.compile(r"q\s*=\s*0(?:\.0*)?\s*$")
STYLE_PLACE, SITE_PLACE = '"/* style */"', '"/* site */"'


@require_safe
def script(request: HttpRequest) -> HttpResponse:
    """``palabre.js`` with ``palabre.css`` in it and the site a page means that names none."""
    return _file(request, _script(_default_site()), "text/javascript; charset=utf-8")


@require_safe
def style(request: HttpRequest) -> HttpResponse:
    """``palabre.css``."""
    return _file(request, _style(), "text/css; charset=utf-8")


def script_text(site: str) -> str:
    """The script as it is served."""
    text = (FOLDER / "palabre.js").read_text(encoding="utf-8")
    text = text.replace(STYLE_PLACE, json.dumps(_style().decode(), ensure_ascii=False))
    return text.replace(SITE_PLACE, json.dumps(site))


@lru_cache(maxsize=8)
def _script(site: str) -> bytes:
    return script_text(site).encode()


@lru_cache(maxsize=1)
def _style() -> bytes:
    return (FOLDER / "palabre.css").read_bytes()


@lru_cache(maxsize=32)
def _packed(content: bytes, coding: str) -> bytes:
    if coding == "br":
        return bytes(brotli.compress(content, quality=9))
    return gzip.compress(content, 9, mtime=0) if coding == "gzip" else content


def _default_site() -> str:
    try:
        return queries.default_site()
    except DatabaseError:
        return ""


def _file(request: HttpRequest, content: bytes, media_type: str) -> HttpResponse:
    """``content``, packed as the browser likes, for any origin, kept an hour."""
    coding = _coding(request.headers.get("Accept-Encoding", ""))
    etag = f'"{hashlib.sha256(content).hexdigest()[:20]}-{coding or "plain"}"'
    unchanged = etag in request.headers.get("If-None-Match", "")
    response = HttpResponseNotModified() if unchanged else HttpResponse(_packed(content, coding), media_type)
    if coding and not unchanged:
        response["Content-Encoding"] = coding
    response["ETag"] = etag
    response["Cache-Control"] = "public, max-age=3600, stale-while-revalidate=86400"
    response["Access-Control-Allow-Origin"] = "*"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


def _coding(accepted: str) -> str:
    codings = {part.split(";")[0].strip() for part in accepted.split(",") if not REFUSED.search(part)}
    return next((coding for coding in ("br", "gzip") if coding in codings), "")
