"""Every setting of an installation: one table, read from ``PALABRE_…`` environment variables.

``docs/reference/settings.md`` is held against this table by a test. A secret may also be given as a file
(``PALABRE_SECRET_KEY_FILE``). A wrong value stops the start with a sentence that names the variable and the cure.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit
from zoneinfo import ZoneInfo

from django.core.exceptions import ImproperlyConfigured

Network = IPv4Network | IPv6Network


@dataclass(frozen=True, slots=True)
class Setting:
    """One environment variable: its name without ``PALABRE_``, how it is read, its default and what it does."""

    name: str
    read: Callable[[str], Any]
    default: str
    doc: str
    secret: bool = False


def boolean(value: str) -> bool:
    known = {"1": True, "true": True, "yes": True, "on": True, "0": False, "false": False, "no": False, "off": False}
    try:
        return known[value.strip().lower()]
    except KeyError:
        raise ValueError("say yes or no") from None


def address(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise ValueError("give a complete address such as https://comments.example.org")
    return value.rstrip("/")


def names(value: str) -> list[str]:
    return [name.strip() for name in value.split(",") if name.strip()]


def networks(value: str) -> list[Network]:
    return [ip_network(name, strict=False) for name in names(value)]


def folder(value: str) -> Path:
    return Path(value).expanduser().absolute()


def optional_folder(value: str) -> Path | None:
    return folder(value) if value else None


def time_zone(value: str) -> str:
    try:
        return ZoneInfo(value).key
    except Exception:
        raise ValueError("give a zone of the IANA list such as Europe/Paris") from None


def language(value: str) -> str:
    if value not in ("en", "fr"):
        raise ValueError("choose en or fr")
    return value


def passes(value: str) -> str:
    if value not in ("fast", "careful", "auto"):
        raise ValueError("choose fast, careful or auto")
    return value


def positive(value: str) -> int:
    number = int(value)
    if number < 1:
        raise ValueError("give a whole number of at least 1")
    return number


def database(value: str) -> dict[str, Any]:
    """A Django database entry from ``sqlite:///path`` or ``postgres://user:password@host:port/name``."""
    if not value:
        return {}
    parts = urlsplit(value)
    if parts.scheme == "sqlite":
        return sqlite(folder(unquote(parts.path)))
    if parts.scheme in ("postgres", "postgresql"):
        return _postgres(parts)
    raise ValueError("give sqlite:///path/to/file or postgres://user:password@host/name")


def _postgres(parts: SplitResult) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
    }


def sqlite(path: Path) -> dict[str, Any]:
    """SQLite as it should be run: write-ahead log, writers queue from the start of their transaction."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "OPTIONS": {
            "timeout": 10,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-16000;",
        },
        "CONN_MAX_AGE": 600,
    }


def mail(value: str) -> dict[str, Any]:
    """Mail settings from ``smtp://user:password@host:port`` (``smtps`` for TLS from the start); empty: to the log."""
    if not value:
        return {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}
    parts = urlsplit(value)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise ValueError("give smtp://user:password@host:port or smtps://…")
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or (465 if parts.scheme == "smtps" else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp" and bool(parts.username),
        "EMAIL_TIMEOUT": 10,
    }


SETTINGS = (
    Setting(
        "HOME",
        folder,
        "palabre-data",
        "Folder that holds what an installation owns: database, snapshots, articles, rule books.",
    ),
    Setting(
        "SECRET_KEY",
        str,
        "",
        "Key that signs sessions and form tokens: 50 random characters, kept secret.",
        secret=True,
    ),
    Setting("DEBUG", boolean, "no", "Show errors in the browser. Never on a public machine."),
    Setting("PUBLIC_URL", address, "http://127.0.0.1:8000", "Address under which readers reach this server."),
    Setting(
        "ALLOWED_HOSTS",
        names,
        "",
        "Host names answered, separated by commas; empty: the one of PUBLIC_URL and this machine.",
    ),
    Setting(
        "DATABASE_URL",
        database,
        "",
        "sqlite:///path or postgres://user:password@host/name; empty: db.sqlite3 in HOME.",
        secret=True,
    ),
    Setting("SNAPSHOTS", optional_folder, "", "Folder of the published pages; empty: snapshots in HOME."),
    Setting("ARTICLES", optional_folder, "", "Folder with one folder of articles a site; empty: articles in HOME."),
    Setting("RULES", optional_folder, "", "Folder with one rule book (SITE.toml) a site; empty: rules in HOME."),
    Setting("MODEL", optional_folder, "", "File of the engine's model; empty: the one in the package."),
    Setting("PASSES", passes, "fast", "Which of the engine's passes read: fast, careful or auto."),
    Setting(
        "TRUSTED_PROXIES", networks, "", "Addresses or networks of your own proxies, whose X-Forwarded-For is believed."
    ),
    Setting("LANGUAGE", language, "en", "Language of pages that belong to no site: en or fr."),
    Setting("TIME_ZONE", time_zone, "UTC", "Time zone of the desk."),
    Setting("MAIL_URL", mail, "", "smtp://user:password@host:port; empty: mail is written to the log.", secret=True),
    Setting("MAIL_FROM", str, "palabre@localhost", "Sender of the mail this installation sends."),
    Setting("SENDER_DAYS", positive, "30", "Days a sender's truncated network address is kept."),
)


def read_all(environment: Mapping[str, str] = os.environ) -> dict[str, Any]:
    """Every setting's value by name; raises ``ImproperlyConfigured`` with a sentence for the first wrong one."""
    unknown = sorted(_palabre_names(environment) - _known())
    if unknown:
        raise ImproperlyConfigured(f"{unknown[0]} is not a setting of Palabre; see docs/reference/settings.md.")
    return {setting.name: _value(setting, environment) for setting in SETTINGS}


def _palabre_names(environment: Mapping[str, str]) -> set[str]:
    return {name for name in environment if name.startswith("PALABRE_")}


def _known() -> set[str]:
    plain = {f"PALABRE_{setting.name}" for setting in SETTINGS}
    return plain | {f"PALABRE_{setting.name}_FILE" for setting in SETTINGS if setting.secret}


def _value(setting: Setting, environment: Mapping[str, str]) -> Any:
    try:
        return setting.read(_text(setting, environment))
    except (ValueError, OSError) as error:
        raise ImproperlyConfigured(f"PALABRE_{setting.name} cannot be used: {error}.") from error


def _text(setting: Setting, environment: Mapping[str, str]) -> str:
    name = f"PALABRE_{setting.name}"
    if setting.secret and environment.get(f"{name}_FILE"):
        return Path(environment[f"{name}_FILE"]).read_text(encoding="utf-8").strip()
    return environment.get(name, setting.default)
