"""One page, one thread: addresses brought to one form (RFC 3986 section 6, without fetching anything)."""

from __future__ import annotations

import base64
import hashlib
import re
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlencode, urlsplit

MAX_LENGTH = 2000
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,79}")
#: Files that lie beside the folders of threads.
_TAKEN = re.compile(r"(?:counts\.json|feed\.atom)(?:\.br|\.gz)?")
_TRACKING = re.compile(
    r"(?:utm_.*|fbclid|gclid|dclid|gbraid|wbraid|msclkid|yclid|igshid|mc_[ce]id|_hs(?:enc|mi)|oly_\w+_id|vero_id|"
    r"at_(?:medium|campaign|source|content|creation)|xtor|xts|ref_src|cmpid|ns_\w+|share|replytocom|discussion)",
    re.IGNORECASE,
)
_KEEP = "/:@!$&'()*+,;=-._~"


def canonical(url: str) -> str:
    """The one form of ``url``: https, lower-case host, no tracking parameters, fragment or trailing slash.

    Raises ``ValueError`` with a sentence if ``url`` is not an absolute http(s) address.
    """
    parts = _split(url)
    host = _host(parts.hostname or "")
    port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    path = quote(unquote(parts.path), safe=_KEEP).rstrip("/")
    path = re.sub(r"/(?:index\.(?:html?|php))$", "", path)
    query = urlencode(sorted((k, v) for k, v in parse_qsl(parts.query) if not _TRACKING.fullmatch(k)))
    return f"https://{host}{port}{path}" + (f"?{query}" if query else "")


def _split(url: str) -> SplitResult:
    if len(url) > MAX_LENGTH or not url.isprintable():
        raise ValueError("The address is too long or holds characters no address has.")
    try:
        parts = urlsplit(url.strip())
        known = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        known = False
    if not known:
        raise ValueError("The address must be complete and start with http:// or https://.")
    return parts


def _host(host: str) -> str:
    host = host.rstrip(".").lower()
    try:
        return host if host.isascii() else host.encode("idna").decode()
    except UnicodeError as error:
        raise ValueError("The address has a host name that cannot exist.") from error


def origin(url: str) -> str:
    """Scheme, host and port of ``url`` as browsers send them in ``Origin`` (RFC 6454)."""
    parts = _split(url)
    default = {"http": 80, "https": 443}[parts.scheme]
    port = f":{parts.port}" if parts.port not in (None, default) else ""
    return f"{parts.scheme}://{_host(parts.hostname or '')}{port}"


def thread_name(identifier: str) -> str:
    """The folder name of a thread: a plain id is itself, an address becomes ``u-`` and 26 letters of its hash.

    Raises ``ValueError`` if ``identifier`` is neither.
    """
    if is_thread_name(identifier) and not identifier.startswith("u-"):
        return identifier
    sha = hashlib.sha256(canonical(identifier).encode()).digest()
    return "u-" + base64.b32encode(sha)[:26].decode().lower()


def is_thread_name(name: str) -> bool:
    """Whether ``name`` may be a thread's folder (never ``..``, a slash, a capital or a file of the site)."""
    return bool(_NAME.fullmatch(name)) and not _TAKEN.fullmatch(name)
