"""``{% part thing %}`` draws a part, ``{% icon "lock" %}`` a sign; filters for forms and dates.

A sign never stands without a word: ``icon`` hides it from screen readers.
"""

from datetime import date, datetime
from typing import Any

from django import forms, template
from django.forms.boundfield import BoundField
from django.template import Context
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from qms.face import dates, renderer
from qms.face.parts import Fragment

register = template.Library()


@register.simple_tag(takes_context=True)
def part(context: Context, thing: Any, **options: Any) -> str:
    """Draw a part through its own template, where it is called ``it``; None draws nothing."""
    if not thing:
        return ""
    own = dict(thing.context) if isinstance(thing, Fragment) else {"it": thing}
    shared = {name: context[name] for name in ("csrf_token", "request") if name in context}
    assert context.template is not None
    found = context.template.engine.get_template(thing.template)
    return found.render(context.new(shared | own | options))


@register.simple_tag
def icon(name: str, css: str = "at-icon") -> SafeString:
    """A sign of the sprite face/icons.svg, in the colour of the text around it."""
    href = f"{static('face/icons.svg')}#{name}"
    return format_html('<svg class="{}" aria-hidden="true" focusable="false"><use href="{}"/></svg>', css, href)


@register.filter
def control(field: BoundField) -> SafeString:
    """The input of a field."""
    return renderer.control(field)


@register.filter
def is_choices(field: BoundField) -> bool:
    """Drawn as a group of ticks or radio buttons."""
    return renderer.is_choices(field.field.widget)


@register.filter
def is_tick(field: BoundField) -> bool:
    """Drawn as one box to tick."""
    return renderer.is_tick(field.field.widget)


@register.filter
def named(form: forms.BaseForm, name: str) -> BoundField:
    """A field of a form by name."""
    return form[name]


@register.filter
def near(on: date | datetime) -> str:
    """Thursday, 16 April."""
    return dates.near(on)


@register.filter
def brief(on: date | datetime) -> str:
    """16 Apr."""
    return dates.brief(on)


@register.filter
def moment(at: datetime) -> str:
    """15 May, 16:05."""
    return dates.moment(at)


@register.filter
def weekday_short(on: date | datetime) -> str:
    """Thu."""
    return dates.weekday(on, short=True)


@register.filter
def iso(on: date | datetime) -> str:
    """For machines."""
    return on.isoformat()
