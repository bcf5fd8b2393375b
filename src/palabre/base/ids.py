"""Names nobody can guess, and what we keep of them."""

from __future__ import annotations

import hashlib
import secrets

from django.utils.crypto import salted_hmac


def new_capability() -> str:
    """A fresh secret for a link: 192 random bits, URL-safe, 32 characters."""
    return secrets.token_urlsafe(24)


def digest(secret: str) -> str:
    """What is stored of a secret: its SHA-256 in 64 hexadecimal digits."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def capability_for(nonce: str) -> str:
    """The capability that belongs to a form's ``nonce``: the same for the same form, guessable only with our key."""
    return salted_hmac("palabre.capability", nonce, algorithm="sha256").hexdigest()[:40]
