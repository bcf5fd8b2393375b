"""The signed time token of a reader's form: proof that it was opened here, a moment ago, for this thread.

It stops blind bots and cross-site posts without a cookie, and its nonce makes a double click one comment.
"""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from django.core import signing

SALT = "palabre.form"
EARLY = timedelta(seconds=2)
LATE = timedelta(hours=24)
#: A clock that jumped back a little is no crime; a token from further ahead was not made here.
SKEW = timedelta(minutes=5)


class TokenError(ValueError):
    """A token that cannot be accepted; ``kind`` is ``"early"``, ``"expired"`` or ``"forged"``."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


def issue(thread: str, now: datetime) -> str:
    """A token for a form under ``thread`` opened at ``now``."""
    return signing.dumps([thread, int(now.timestamp()), secrets.token_urlsafe(9)], salt=SALT)


def read(token: str, thread: str, now: datetime) -> str:
    """The nonce of ``token`` if it was issued for ``thread`` a sensible time before ``now``; else ``TokenError``."""
    try:
        named, issued, nonce = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise TokenError("forged") from error
    age = timedelta(seconds=int(now.timestamp()) - issued)
    if named != thread or age < -SKEW:
        raise TokenError("forged")
    if age > LATE:
        raise TokenError("expired")
    if age < EARLY:
        raise TokenError("early")
    return str(nonce)
