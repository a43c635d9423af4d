"""How Django draws a form: label above, help, error and control below it, in Tabler's classes, dates as date inputs."""

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.forms.widgets import DateTimeBaseInput
from django.utils.safestring import SafeString

# The browser's own date fields read and send ISO, whatever the language: Bulgarian dates cannot be misread.
NATIVE: dict[type[forms.widgets.DateTimeBaseInput], tuple[str, str]] = {
    forms.DateInput: ("date", "%Y-%m-%d"),
    forms.DateTimeInput: ("datetime-local", "%Y-%m-%dT%H:%M"),
    forms.TimeInput: ("time", "%H:%M"),
}


class FaceRenderer(TemplatesSetting):
    """Named in FORM_RENDERER; every form and field of the product is drawn by it."""

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"
    formset_template_name = "forms/formset.html"


def control(field: BoundField) -> SafeString:
    """The input of a field, with the classes of its kind."""
    widget = field.field.widget
    if isinstance(widget, forms.widgets.DateTimeBaseInput):
        widget.input_type, widget.format = NATIVE[kind_of(widget)]
    return field.as_widget(attrs={"class": css_class(widget)} | extra(widget))


def kind_of(widget: forms.widgets.DateTimeBaseInput) -> type[DateTimeBaseInput]:
    """Which of the three a date or time widget is."""
    return next(kind for kind in NATIVE if isinstance(widget, kind))


def css_class(widget: forms.Widget) -> str:
    """The class of a widget, its own first."""
    own = str(widget.attrs.get("class", ""))
    if isinstance(widget, forms.CheckboxInput):
        kind = "form-check-input"
    elif isinstance(widget, forms.Select) and not is_choices(widget):
        kind = "form-select"
    else:
        kind = "form-control"
    return f"{own} {kind}".strip()


def extra(widget: forms.Widget) -> dict[str, Any]:
    """Rows of a text area, unless its form says otherwise."""
    return {"rows": 4} if isinstance(widget, forms.Textarea) and widget.attrs.get("rows") in (None, "10") else {}


def is_choices(widget: forms.Widget) -> bool:
    """Ticks or radio buttons: a group with a legend, not one input with a label."""
    return isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple)


def is_tick(widget: forms.Widget) -> bool:
    """One box to tick: the label stands after it."""
    return isinstance(widget, forms.CheckboxInput)
