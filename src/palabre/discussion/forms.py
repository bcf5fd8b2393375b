"""The reader's form: what it asks and the sentences it answers with. The same on the page, alone and embedded."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from palabre.base import tokens
from palabre.discussion.models import Thread

#: Why a comment was not taken, in words; ids are those of ``limits.Refused`` and ``tokens.TokenError``.
REFUSALS: dict[str, str | Promise] = {
    "closed": _("This discussion is closed: no comment can be added."),
    "empty": _("There is no text to read in your comment."),
    "nameless": _("Please give a name under which your comment may appear."),
    "too_long": _("Your comment is too long. Please shorten it."),
    "repeat": _("You have already sent this very comment."),
    "too_many": _("Many comments came from your network just now. Please try again in a few minutes."),
    "parent_gone": _("The comment you answer is no longer there. You may still send yours on its own."),
    "used": _("This form had been sent already. Send it again if this is another comment."),
    "early": _("That was very fast. Please read your comment once more, then send it."),
    "expired": _("This form has been open for a long time. Please send it again."),
    "forged": _("This form was not opened here. Please check your comment and send it again."),
    "trap": _("Please leave the hidden field empty."),
    "busy": _("The server is busy. Your comment has not been taken; please send it again."),
    "foreign": _("This page may not send comments here."),
    "unknown": _("There is no such discussion."),
}


class CommentForm(forms.Form):
    """A reader's comment. ``website`` is a trap no person sees; ``token`` proves when and where the form was opened."""

    name = forms.CharField(label=_("Name"), max_length=60, widget=forms.TextInput(attrs={"autocomplete": "nickname"}))
    email = forms.EmailField(
        label=_("E-mail (optional, never shown)"),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    text = forms.CharField(
        label=_("Your comment"),
        strip=False,
        widget=forms.Textarea(attrs={"rows": 7, "aria-describedby": "palabre-hint"}),
    )
    parent = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)
    token = forms.CharField(required=False, max_length=400, widget=forms.HiddenInput)
    website = forms.CharField(required=False, widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}))

    def __init__(self, *args: Any, max_length: int = 5000, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "palabre-%s")  # the embedding page has ids of its own
        super().__init__(*args, **kwargs)
        self.max_length = max_length
        # Not ``maxlength``: browsers cut a pasted text there without a word, and nothing typed may be lost.
        self.fields["text"].widget.attrs["data-max"] = max_length

    def refusals(self) -> list[str]:
        """The kinds of refusal this form's own fields give rise to, for messages in the reader's language."""
        kinds = {"name": "nameless", "text": "empty"}
        return [kinds[field] for field in self.errors if field in kinds]


def blank_form(thread: Thread, now: datetime, *, parent: int | None = None, max_length: int = 5000) -> CommentForm:
    """A form ready to be filled in under ``thread``."""
    return CommentForm(
        initial={"token": tokens.issue(token_key(thread.site.slug, thread.name), now), "parent": parent},
        max_length=max_length,
    )


def token_key(site_slug: str, thread_name: str) -> str:
    """What a form token is bound to: the thread across all sites."""
    return f"{site_slug}/{thread_name}"
