"""The forms of people, roles, invitations and delegations."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from qms.people.models import Country, Language, Organisation, Person, Unit
from qms.people.roles import Role

REASON = {"rows": 2}
DAY = {"type": "date"}


class Search(forms.Form):
    """Words of a name, office or e-mail; and who is shown."""

    q = forms.CharField(label=_("Search"), required=False, max_length=100)
    show = forms.ChoiceField(
        label=_("Accounts"),
        required=False,
        choices=[("", _("active accounts")), ("closed", _("closed accounts")), ("all", _("all accounts"))],
    )


class RoleForm(forms.Form):
    """A role, where, from when to when."""

    role = forms.ChoiceField(label=_("role"), choices=Role.choices)
    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("unit"), required=False, empty_label=_("the whole body"))
    from_on = forms.DateField(label=_("from"), widget=forms.DateInput(attrs=DAY))
    to_on = forms.DateField(
        label=_("until"),
        widget=forms.DateInput(attrs=DAY),
        required=False,
        help_text=_("Left empty, the role is held until somebody ends it."),
    )

    def __init__(self, *args: Any, organisation: Organisation, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units(self, "unit", organisation)
        self.fields["from_on"].initial = today


class EndRoleForm(forms.Form):
    """The last day of a role."""

    to_on = forms.DateField(label=_("last day"), widget=forms.DateInput(attrs=DAY))
    reason = forms.CharField(label=_("reason"), widget=forms.Textarea(attrs=REASON), max_length=300, required=False)


class InvitationForm(forms.Form):
    """Whom, and with which roles."""

    body = forms.ModelChoiceField(Organisation.objects.none(), label=_("body"), empty_label=None)
    email = forms.EmailField(label=_("e-mail"))
    name = forms.CharField(label=_("name"), max_length=150)
    job_title = forms.CharField(label=_("office"), max_length=150, required=False)
    language = forms.ChoiceField(label=_("language"), choices=Language.choices)
    roles = forms.MultipleChoiceField(
        label=_("roles"),
        choices=Role.choices,
        widget=forms.CheckboxSelectMultiple,
        initial=[Role.STAFF],
        help_text=_("More roles can be given later, each from day to day."),
    )
    unit = forms.ModelChoiceField(
        Unit.objects.none(),
        label=_("roles are held at"),
        required=False,
        empty_label=_("the whole body"),
    )
    from_on = forms.DateField(label=_("roles are held from"), widget=forms.DateInput(attrs=DAY))

    def __init__(self, *args: Any, organisation: Organisation, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bodies = Organisation.objects.filter(pk=organisation.pk) | Organisation.objects.filter(parent=organisation)
        self.fields["body"].queryset = bodies  # type: ignore[attr-defined]
        self.fields["body"].initial = organisation.pk
        self.fields["language"].initial = organisation.language
        self.fields["from_on"].initial = today
        units(self, "unit", organisation)

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        unit, body = values.get("unit"), values.get("body")
        if unit and body and unit.organisation_id != body.pk:
            self.add_error("unit", _("This unit is part of another body."))
        return values


class PasswordForm(forms.Form):
    """A new password, typed twice, as strong as the installation asks."""

    password = forms.CharField(
        label=_("password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least 12 characters. Several words are easier to remember than signs."),
    )
    again = forms.CharField(
        label=_("password again"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )
    email = ""

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        password, again = values.get("password"), values.get("again")
        if password and again and password != again:
            self.add_error("again", _("The two passwords differ."))
        if password:
            about = Person(email=values.get("email") or self.email, name=values.get("name", ""))
            try:
                validate_password(password, about)
            except ValidationError as weak:
                self.add_error("password", weak)
        return values


class AcceptForm(PasswordForm):
    """Who opens the account."""

    name = forms.CharField(label=_("name"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    language = forms.ChoiceField(label=_("language"), choices=Language.choices)
    field_order = ("name", "language", "password", "again")

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = email


class ClaimForm(PasswordForm):
    """The body and its first administrator."""

    code = forms.CharField(
        label=_("code of the body"), max_length=40, help_text=_("Short, as in file numbers: AJPIS-CONSTANTA.")
    )
    name_en = forms.CharField(label=_("name in English"), max_length=200, required=False)
    name_ro = forms.CharField(label=_("name in Romanian"), max_length=200, required=False)
    name_bg = forms.CharField(label=_("name in Bulgarian"), max_length=200, required=False)
    country = forms.ChoiceField(label=_("country"), choices=Country.choices)
    language = forms.ChoiceField(label=_("language of the body"), choices=Language.choices)
    name = forms.CharField(label=_("your name"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    email = forms.EmailField(label=_("e-mail"), widget=forms.EmailInput(attrs={"autocomplete": "email"}))  # type: ignore[assignment]
    BODY = ("code", "name_en", "name_ro", "name_bg", "country", "language")
    field_order = (*BODY, "name", "email", "password", "again")


class DelegationForm(forms.Form):
    """Who acts, for which roles, from when to when, why."""

    delegate = forms.ModelChoiceField(Person.objects.none(), label=_("who acts"))
    roles = forms.MultipleChoiceField(
        label=_("for which roles"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("None ticked: all of them, and what is asked of you by name."),
    )
    from_on = forms.DateField(label=_("from"), widget=forms.DateInput(attrs=DAY))
    to_on = forms.DateField(label=_("until, that day included"), widget=forms.DateInput(attrs=DAY))
    reason = forms.CharField(label=_("reason"), widget=forms.Textarea(attrs=REASON), max_length=300)

    def __init__(self, *args: Any, delegator: Person, roles: list[tuple[str, Any]], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["delegate"].queryset = colleagues(delegator)  # type: ignore[attr-defined]
        self.fields["roles"].choices = roles  # type: ignore[attr-defined]
        self.fields["from_on"].initial, self.fields["to_on"].initial = today, today + timedelta(days=14)
        self.today = today

    def clean_to_on(self) -> date:
        to_on: date = self.cleaned_data["to_on"]
        if to_on < self.today:
            raise ValidationError(_("This day has passed."))
        return to_on


class HandOverForm(forms.Form):
    """What is handed over, to whom, why."""

    which = forms.MultipleChoiceField(label=_("what"), widget=forms.CheckboxSelectMultiple)
    to = forms.ModelChoiceField(Person.objects.none(), label=_("who takes it over"))
    reason = forms.CharField(label=_("reason"), widget=forms.Textarea(attrs=REASON), max_length=300)

    def __init__(self, *args: Any, person: Person, which: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["which"].choices = which  # type: ignore[attr-defined]
        self.fields["which"].initial = [address for address, _label in which]
        self.fields["to"].queryset = colleagues(person)  # type: ignore[attr-defined]


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label=_("reason"), widget=forms.Textarea(attrs=REASON), max_length=300)


class LanguageForm(forms.Form):
    """The language of one's pages."""

    language = forms.ChoiceField(label=_("language"), choices=Language.choices)


def colleagues(person: Person) -> Any:
    """Everybody else with an active account in the body."""
    return (
        Person.objects.filter(organisation=person.organisation_id, is_active=True)
        .exclude(pk=person.pk)
        .order_by("name")
    )


def units(form: forms.Form, name: str, organisation: Organisation) -> None:
    """The units of the body, to choose from."""
    form.fields[name].queryset = Unit.objects.of(organisation.pk)  # type: ignore[attr-defined]
