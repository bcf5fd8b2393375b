"""What a moderator fills in: a reason and, if they like, words to the author."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from palabre.desk.keys import reason_keys
from palabre.discussion.actions.moderators import WORDS_LENGTH
from palabre.rules.reasons import REASONS
from palabre.rules.words import say


class Choice(NamedTuple):
    """A reason as the form offers it."""

    id: str
    words: str
    key: str
    chosen: bool


class ReasonForm(forms.Form):
    """Why a comment is refused or removed. ``revision`` is the text that was read; ``next`` where to go on."""

    reason = forms.ChoiceField(
        error_messages={"required": _("Choose a reason."), "invalid_choice": _("Choose a reason.")}
    )
    words = forms.CharField(required=False, max_length=WORDS_LENGTH)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "en"
        self.fields["reason"].choices = [(reason.id, say(reason.words, language)) for reason in REASONS.values()]  # type: ignore[attr-defined]

    def choices(self) -> Iterator[Choice]:
        """The reasons in the order of their keys."""
        keys, chosen = reason_keys(), self["reason"].value()
        for reason, words in self.fields["reason"].choices:  # type: ignore[attr-defined]
            yield Choice(reason, words, keys[reason], reason == chosen)
