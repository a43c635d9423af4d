"""The form of a comment: what is said, and whom it asks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from qms.comments.models import LONGEST

MOST_NAMES = 100  # a longer list of names helps nobody; @ and the name always do


class CommentForm(forms.Form):
    """`people` are the active people of the record's body, by id."""

    text = forms.CharField(
        label=_("comment"),
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Write @ and a name to ask somebody."),
    )
    asked = forms.MultipleChoiceField(label=_("ask"), required=False, widget=forms.SelectMultiple({"size": 3}))

    def __init__(self, *args: Any, people: Mapping[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if len(people) > MOST_NAMES:
            del self.fields["asked"]
            return
        asked = self.fields["asked"]
        assert isinstance(asked, forms.MultipleChoiceField)
        asked.choices = [(str(pk), name) for pk, name in people.items()]
