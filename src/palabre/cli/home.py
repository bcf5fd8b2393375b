"""The installation's home folder: its `palabre.env`, its secret, and Django started on them."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator, MutableMapping
from pathlib import Path

FILE = "palabre.env"
SECRET = "secret"  # noqa: S105 - the name of a file
NEEDS_INIT = "There is no installation in {folder}: run `palabre init`, or say where it is with PALABRE_HOME or --home."


class Unusable(Exception):  # noqa: N818 - named for what it says
    """What was asked cannot be done here; the message is a sentence with the cure."""


def folder() -> Path:
    """Where the installation is, by PALABRE_HOME."""
    return Path(os.environ.get("PALABRE_HOME") or "palabre-data").expanduser().absolute()


def load(environment: MutableMapping[str, str] = os.environ) -> None:
    """Take over the lines of `palabre.env` that the environment does not set already. Raises ``Unusable``."""
    path = folder() / FILE
    if not path.is_file():
        return
    for number, line in enumerate(_lines(path), start=1):
        name, mark, value = line.partition("=")
        if not line or line.startswith("#"):
            continue
        if not mark or not name.strip().startswith("PALABRE_"):
            raise Unusable(f"{path}, line {number}: write PALABRE_NAME=value, or # before a remark.")
        _take(environment, name.strip(), _unquoted(value.strip()))


def _lines(path: Path) -> Iterator[str]:
    try:
        yield from (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
    except (OSError, UnicodeDecodeError) as error:
        raise Unusable(f"{path} cannot be read: {error}.") from error


def _take(environment: MutableMapping[str, str], name: str, value: str) -> None:
    """The environment wins, also when it says the same thing by the other name (NAME against NAME_FILE)."""
    other = name.removesuffix("_FILE") if name.endswith("_FILE") else f"{name}_FILE"
    if name in environment or other in environment:
        return
    is_file = name.endswith("_FILE") and value
    environment[name] = str(folder() / value) if is_file else value  # an absolute path stays what it is


def _unquoted(value: str) -> str:
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'" else value


def make(settings: dict[str, str]) -> Path:
    """The home folder with its secret and `palabre.env`; what is there already stays as it is."""
    home = folder()
    try:
        for inner in ("", "snapshots", "articles", "rules", "static"):
            (home / inner).mkdir(parents=True, exist_ok=True)
        _write_new(home / SECRET, secrets.token_urlsafe(48) + "\n", 0o600)
        lines = ["# Settings of this installation; see `palabre doctor` and docs/reference/settings.md."]
        lines += [f"PALABRE_SECRET_KEY_FILE={SECRET}", *(f"PALABRE_{name}={value}" for name, value in settings.items())]
        _write_new(home / FILE, "\n".join(lines) + "\n", 0o600)
    except OSError as error:
        raise Unusable(f"{home} cannot be written: {error}. Choose another folder with --home.") from error
    return home


def _write_new(path: Path, text: str, mode: int) -> None:
    """Write a file that is not there yet, closed to others from its first byte."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    except FileExistsError:
        return
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)


def start_django() -> None:
    """Load `palabre.env` and set Django up. Raises ``Unusable`` or ``ImproperlyConfigured`` with a sentence."""
    load()
    if not (os.environ.get("PALABRE_SECRET_KEY") or os.environ.get("PALABRE_SECRET_KEY_FILE")):
        raise Unusable(NEEDS_INIT.format(folder=folder()))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "palabre.config.settings")
    import django

    django.setup()


def migrate() -> None:
    """Make the database or bring its tables up to date; a new SQLite file is closed to others."""
    from django.core.management import call_command
    from django.db import connection

    if connection.vendor == "sqlite":
        path = Path(connection.settings_dict["NAME"])
        path.parent.mkdir(parents=True, exist_ok=True)
        _write_new(path, "", 0o600)
    call_command("migrate", verbosity=0, interactive=False)
