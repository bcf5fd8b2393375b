"""The desk's keys, in the order of the help. docs/reference/desk-keys.md is held against this table."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from palabre.rules.reasons import REASONS

#: What selects the reason of a refusal, in the order of the table of reasons.
REASON_KEYS = tuple("1234567890ab")


class Key(NamedTuple):
    """A key as ``KeyboardEvent.key`` names it, where it works, and what it does in words."""

    key: str
    where: str
    words: str | Promise


KEYS: tuple[Key, ...] = (
    Key("p", "queue", _("publish the comment")),
    Key("r", "queue", _("refuse it: then the key of the reason, then Enter")),
    Key("w", "queue", _("write words to the author (Ctrl + Enter sends, Esc leaves)")),
    Key("s", "queue", _("skip it: it goes back to the queue")),
    Key("j", "everywhere", _("next comment")),
    Key("k", "everywhere", _("comment before")),
    Key("u", "everywhere", _("undo your last decision")),
    Key("v", "queue", _("see it as readers will")),
    Key("o", "everywhere", _("open the history of the comment")),
    Key("x", "lists", _("remove the published comment: then the key of the reason, then Enter")),
    Key("z", "lists", _("restore the removed comment")),
    Key("h", "appeals", _("uphold the appeal: the comment is published")),
    Key("d", "appeals", _("dismiss the appeal: the decision stands")),
    Key("q", "everywhere", _("go to the queue")),
    Key("?", "everywhere", _("show these keys")),
)


def reason_keys() -> dict[str, str]:
    """The key of each reason by its id."""
    return dict(zip(REASONS, REASON_KEYS, strict=True))
