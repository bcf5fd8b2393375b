"""Why a form was not taken: the sentence a reader gets and the status code that fits it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import unquote_to_bytes

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from palabre.discussion.forms import REFUSALS, CommentForm

#: RFC 9110 and 6585. What the reader can mend in the form itself is 422.
STATUS = {
    "closed": 410,
    "too_long": 413,
    "repeat": 409,
    "used": 409,
    "parent_gone": 409,
    "too_many": 429,
    "foreign": 403,
    "forged": 403,
    "busy": 503,
    "unknown": 404,
    "moved": 409,
}
RETRY_AFTER = {429: 300, 503: 10}  # seconds

MORE: dict[str, str | Promise] = {
    "damaged": gettext_lazy("Your comment arrived damaged: some characters could not be read. Please check it."),
    "moved": gettext_lazy("Something happened to your comment meanwhile. This is how it stands now."),
    "late": gettext_lazy("The time to correct this comment is over."),
}


@dataclass
class Problem(Exception):  # noqa: N818 - named for what it says
    """``kinds`` are ids of ``REFUSALS`` and ``MORE``; ``sentences`` what fields say for themselves."""

    kinds: Sequence[str]
    sentences: Sequence[str] = field(default_factory=list)

    @property
    def status(self) -> int:
        """The HTTP status of the answer."""
        return STATUS.get(self.kinds[0], 422) if self.kinds else 422

    @property
    def words(self) -> list[str]:
        """One sentence for each thing that is wrong, in the language in force."""
        return [str(REFUSALS.get(kind) or MORE[kind]) for kind in self.kinds] + list(self.sentences)


def of_form(form: CommentForm) -> Problem:
    """What is wrong with the fields of ``form``."""
    kinds = [kind for kind in form.refusals() if not _given(form, kind)]
    said = [(name, text) for name, texts in form.errors.items() for text in texts if _given_field(form, name)]
    return Problem(kinds, [_("%(field)s: %(problem)s") % {"field": form[n].label, "problem": t} for n, t in said])


def _given(form: CommentForm, kind: str) -> bool:
    return _given_field(form, {"nameless": "name", "empty": "text"}[kind])


def _given_field(form: CommentForm, name: str) -> bool:
    return bool(form.data.get(name, "").strip())


def check_encoding(request: HttpRequest) -> None:
    """Raise ``Problem`` if the body is not UTF-8: what cannot be read is not stored half."""
    body = request.body
    if request.content_type == "application/x-www-form-urlencoded":
        body = unquote_to_bytes(body)
    try:
        body.decode()
    except UnicodeDecodeError as error:
        raise Problem(["damaged"]) from error
