"""The author's forms on the private status page."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

APPEAL_LENGTH = 2000


class CorrectionForm(forms.Form):
    """A new text for the comment; the hard limits are checked by the action, which knows the site's."""

    text = forms.CharField(
        label=_("Your comment"), required=False, strip=False, widget=forms.Textarea(attrs={"rows": 9})
    )


class AppealForm(forms.Form):
    """Why the author thinks that a person should look again."""

    words = forms.CharField(
        label=_("Why should it be looked at again?"),
        required=False,
        max_length=APPEAL_LENGTH,
        widget=forms.Textarea(attrs={"rows": 5, "maxlength": APPEAL_LENGTH}),
    )
