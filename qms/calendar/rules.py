"""The rules by which Romanian and Bulgarian bodies count days, as data: each with its country and its source.

The sentences are our own words, not the text of the law; docs and pages print the source beside them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

FREE_DAYS, CALENDAR_DAYS, WORKING_DAYS = "free", "calendar", "working"


@dataclass(frozen=True, slots=True)
class DeadlineRule:
    """One way of counting. `country` is None where the calendar of the place of action decides.

    `count` says which days count; `least_working` is the fewest working days a period of two days or more must hold.
    """

    id: str
    country: str | None
    name: str | Promise
    sentence: str | Promise
    source: str | Promise
    count: str
    least_working: int = 0


RULES: Final = {
    rule.id: rule
    for rule in (
        DeadlineRule(
            id="RO_CPC_FREE_DAYS",
            country="RO",
            name=_("Romanian civil procedure, free days"),
            sentence=_(
                "Neither the first nor the last day counts. Weeks, months and years end on the matching day, or on "
                "the last day of a shorter month. A last day that is not worked moves to the next working day."
            ),
            source="Codul de procedură civilă (Legea 134/2010), art. 181",
            count=FREE_DAYS,
        ),
        DeadlineRule(
            id="RO_CIVIL",
            country="RO",
            name=_("Romanian Civil Code"),
            sentence=_(
                "Neither the first nor the last day counts; the term ends at midnight of its last day. Weeks, months "
                "and years end on the matching day, or on the last day of a shorter month. A last day that is not "
                "worked moves to the next working day. What is posted by then is in time."
            ),
            source="Codul civil (Legea 287/2009), art. 2.552–2.556",
            count=FREE_DAYS,
        ),
        DeadlineRule(
            id="RO_CALENDAR",
            country="RO",
            name=_("calendar days set by the body (Romania)"),
            sentence=_(
                "The first day does not count, the last one does. A last day that is not worked moves to the next "
                "working day. This is a policy of the body: the report prints the date."
            ),
            source=_("policy of the body"),
            count=CALENDAR_DAYS,
        ),
        DeadlineRule(
            id="RO_WORKING",
            country="RO",
            name=_("Romanian working days"),
            sentence=_("Only working days count, from the day after the start. It applies where the act says so."),
            source="zile lucrătoare, unde actul o prevede (ex. OUG 195/2002, art. 109)",
            count=WORKING_DAYS,
        ),
        DeadlineRule(
            id="BG_GPK60",
            country="BG",
            name=_("Bulgarian civil procedure"),
            sentence=_(
                "Days count from the day after the start. Weeks, months and years end on the matching day, or on the "
                "last day of a shorter month. A last day of non-attendance moves to the next day of attendance."
            ),
            source="Граждански процесуален кодекс (ГПК), чл. 60",
            count=CALENDAR_DAYS,
        ),
        DeadlineRule(
            id="BG_WORKING",
            country="BG",
            name=_("Bulgarian working days"),
            sentence=_("Only working days count, from the day after the start. It applies where the act says so."),
            source="работни дни, където актът го предвижда",
            count=WORKING_DAYS,
        ),
        DeadlineRule(
            id="EU_1182_71",
            country=None,
            name=_("European Union acts"),
            sentence=_(
                "The day of the event does not count; holidays and weekends do. A last day that is a holiday, a "
                "Saturday or a Sunday moves to the next working day. A period of two days or more has at least two "
                "working days."
            ),
            source="Regulation (EEC, Euratom) No 1182/71, Art. 3",
            count=CALENDAR_DAYS,
            least_working=2,
        ),
    )
}
