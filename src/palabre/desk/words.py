"""States, moves and actors as the desk says them."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from palabre.discussion.states import Move, Status
from palabre.rules.labels import LABEL_WORDS
from palabre.rules.reasons import REASONS
from palabre.rules.words import say

STATUSES: dict[str, str | Promise] = {
    Status.SUBMITTED: _("not assessed yet"),
    Status.HELD: _("held"),
    Status.PUBLISHED: _("published"),
    Status.REFUSED: _("refused"),
    Status.REMOVED: _("removed"),
    Status.WITHDRAWN: _("withdrawn"),
}

MOVES: dict[str, str | Promise] = {
    Move.SUBMIT: _("sent it"),
    Move.IMPORT: _("imported it"),
    Move.PASS: _("let it pass"),
    Move.HOLD: _("held it"),
    Move.PUBLISH: _("published it"),
    Move.REFUSE: _("refused it"),
    Move.REMOVE: _("removed it"),
    Move.RESTORE: _("restored it"),
    Move.RECONSIDER: _("undid the decision"),
    Move.CORRECT: _("corrected it"),
    Move.WITHDRAW: _("withdrew it"),
    Move.UPHOLD: _("upheld the appeal"),
    Move.APPEAL: _("appealed"),
    Move.DISMISS: _("dismissed the appeal"),
    Move.ERASE: _("erased it"),
}

ACTORS: dict[str, str | Promise] = {
    "author": _("the author"),
    "moderator": _("a moderator"),
    "machine": _("the machine"),
    "importer": _("the import"),
}


def reason(reason_id: str) -> str:
    """A reason code in the reader's language."""
    known = REASONS.get(reason_id)
    return say(known.words, get_language() or "en") if known else reason_id


def label(name: str) -> str:
    """A label of the engine in the reader's language."""
    return say(LABEL_WORDS.get(name, {}), get_language() or "en") or name
