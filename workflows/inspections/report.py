"""An inspection on paper: the findings protocol of the site, and the inspection report (ISO/IEC 17020:2012, 7.4.2)."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from procedures.checklists.structure import text_in
from procedures.documents.boxes import edition_line
from qms.calendar.explain import sentences_of, span_in_words
from qms.calendar.rules import RULES, WORKING_DAYS
from qms.calendar.spans import Span
from qms.people.models import Person
from qms.reports.blocks import Block, Column, Facts, Figures, Note, Section, Table, Title, Words
from qms.reports.dates import printed_day
from qms.reports.mission import Answers, Item, ItemGroup, Measures, Signatures, Signed
from qms.reports.mission import Measure as PrintedMeasure
from qms.reports.paper import Watermark
from qms.reports.sheets import Sheet
from qms.reports.text import Text, bold
from qms.signatures.manifest import content_hash
from qms.signatures.models import Meaning, Signature
from workflows.inspections.findings import Followed
from workflows.inspections.lifecycle import M, S
from workflows.inspections.models import Inspection, Measure
from workflows.inspections.photos import photo_blocks
from workflows.inspections.results import Results, results_of
from workflows.inspections.runner import answer_label, numbers_of

OUT = (S.ISSUED, S.MEASURES_OPEN, S.CLOSED)
MARKS = {"yes": "yes", "no": "no", "na": "not applicable", "partly": "partly"}


def inspection_report(inspection: Inspection, language: str) -> Sheet:
    """The report: a draft until it is issued."""
    number = inspection.report_number or inspection.reference
    results = results_of(inspection)
    story: list[Block] = [
        Title(f"{_('Inspection report')} {number}", f"{inspection.title}: {inspection.object_name}"),
        Facts(_facts(inspection, language)),
        Section(_("Result in brief")),
        _figures(results),
        Words(_conformity(results)),
        *_measures(inspection),
        *_said(_("Conclusions"), inspection.conclusions),
        *_said(_("What the inspected party said"), inspection.objections),
        *_nonconformities(inspection),
        *_signatures(inspection, True),
        Section(_("Checklist with answers")),
        _answers(inspection, language),
        *photo_blocks(inspection),
        Note(_("The results relate only to what was inspected. The report is reproduced in full only.")),
    ]
    watermark = None if inspection.state in OUT else Watermark.DRAFT
    return Sheet(_("Inspection report"), story, _aside(inspection, number), _form(inspection), watermark)


def findings_protocol(inspection: Inspection, language: str) -> Sheet:
    """The protocol of what was found, as the body's own form asks it: a draft until the whole team has signed."""
    title = text_in(inspection.structure.title, language) or _("Findings protocol")
    story: list[Block] = [
        Title(title, f"{inspection.reference} · {inspection.object_name}"),
        Facts(_facts(inspection, language)),
        Section(_("What was found"), ""),
        _answers(inspection, language),
        *_measures(inspection, ""),
        *_said(_("What the inspected party said"), inspection.objections, ""),
        *photo_blocks(inspection, ""),
        *_signatures(inspection, False, ""),
    ]
    whole = bool(inspection.everybody) and inspection.everybody <= inspection.signed
    watermark = None if whole else Watermark.DRAFT
    return Sheet(_("Findings protocol"), story, _aside(inspection, inspection.reference), _form(inspection), watermark)


def _facts(inspection: Inspection, language: str) -> list[tuple[str, Text]]:
    """What 7.4.2 asks a report to identify; what is not known yet is left out."""
    place = ", ".join(part for part in (inspection.object_name, inspection.object_address) if part)
    objects = "; ".join(
        text_in(each.label, language) for each in inspection.structure.objects if each.key in inspection.object_keys
    )
    rows = [
        (_("Inspected"), place),
        (_("Kinds of object"), objects),
        (_("Represented by"), inspection.representative),
        (_("Inspection body"), inspection.organisation.name_in(language)),
        (_("Ordered by"), _order(inspection)),
        (_("Date of inspection"), _held(inspection)),
        (_("Period inspected"), _span(inspection.period_from, inspection.period_to)),
        (_("Team"), _team(inspection)),
        (_("Method"), _method(inspection)),
        (_("Report issued"), _issued(inspection)),
        (_("Report received"), _received(inspection)),
    ]
    return [(label, value) for label, value in rows if value]


def _order(inspection: Inspection) -> str:
    if not inspection.order_number:
        return ""
    words = {"number": inspection.order_number, "day": printed_day(inspection.order_on) if inspection.order_on else "–"}
    return _("order %(number)s of %(day)s") % words


def _held(inspection: Inspection) -> str:
    begun = localtime(inspection.began_at).date() if inspection.began_at else None
    ended = localtime(inspection.ended_at).date() if inspection.ended_at else None
    return _span(begun, ended)


def _span(begun: object, ended: object) -> str:
    days = [printed_day(day) for day in (begun, ended) if day]  # type: ignore[arg-type]
    return " – ".join(dict.fromkeys(days))


def _team(inspection: Inspection) -> str:
    people = _people(inspection)
    names = "; ".join(f"{person.name}, {_part(inspection, person)}" for person in people)
    without = len(inspection.declared - inspection.in_conflict)
    declared = ngettext(
        "%(n)d declaration of no conflict of interest", "%(n)d declarations of no conflict of interest", without
    )
    return f"{names}. {declared % {'n': without}}." if names else ""


def _people(inspection: Inspection) -> list[Person]:
    """The leader first, then the members by name."""
    found = Person.objects.filter(pk__in=inspection.everybody).order_by("name", "pk")
    return sorted(found, key=lambda person: person.pk != inspection.leader_id)


def _part(inspection: Inspection, person: Person) -> str:
    return _("leader of the team") if person.pk == inspection.leader_id else _("member of the team")


def _method(inspection: Inspection) -> str:
    if inspection.checklist is None:
        return ""
    revision = inspection.checklist
    since = (
        _("in force from %(day)s") % {"day": printed_day(revision.effective_from)} if revision.effective_from else ""
    )
    parts = (f"{revision.document.code} {revision.title}", edition_line(revision), since, _("frozen copy"))
    return ", ".join(part for part in parts if part)


def _form(inspection: Inspection) -> str:
    return inspection.checklist.document.code if inspection.checklist else ""


def _issued(inspection: Inspection) -> str:
    issued = _given(inspection, Meaning.ISSUE)
    return printed_day(localtime(issued[-1].at).date()) if issued else ""


def _received(inspection: Inspection) -> str:
    if inspection.received_on is None:
        return ""
    return ", ".join(part for part in (printed_day(inspection.received_on), inspection.received_by) if part)


def _aside(inspection: Inspection, number: str) -> list[Text]:
    numbered: Text = [_("No."), " ", bold(number)]
    issued = _issued(inspection)
    return [numbered, issued] if issued else [numbered]


def _figures(results: Results) -> Figures:
    return Figures(
        [
            (str(results.answered), _("items inspected")),
            (str(results.conform), _("conform")),
            (str(results.failing), _("do not conform")),
            (str(results.not_applicable), _("not applicable")),
        ]
    )


def _conformity(results: Results) -> str:
    """The statement of conformity, where one can be made."""
    if results.answered < results.total:
        return _("The inspection is not complete; no statement of conformity is made.")
    if results.failing:
        text = ngettext(
            "The object does not conform to %(n)d of the requirements inspected.",
            "The object does not conform to %(n)d of the requirements inspected.",
            results.failing,
        )
        return text % {"n": results.failing}
    return _("The object conforms to the requirements inspected.")


def _said(title: str, text: str, number: str | None = None) -> list[Block]:
    return [Section(title, number), Words(text)] if text.strip() else []


def _answers(inspection: Inspection, language: str) -> Answers:
    numbers = numbers_of(inspection.sections)
    given = inspection.answers_by_item

    def items(section: object) -> Iterator[Item]:
        for item in section.items:  # type: ignore[attr-defined]
            answer = given.get(item.key)
            value = answer.value if answer else None
            yield Item(
                number=numbers[item.key],
                question=text_in(item.label, language),
                answer=answer_label(item, value, language) if value not in (None, "", []) else "",
                sign=MARKS.get(str(value), "none"),  # type: ignore[arg-type]
                comment=answer.comment if answer else "",
                basis=" · ".join(part for part in (item.clause, item.legal_basis) if part),
            )

    groups = [
        ItemGroup(_numbered(section.number or str(nth)), text_in(section.title, language), list(items(section)))
        for nth, section in enumerate(inspection.sections, start=1)
    ]
    return Answers(groups)


def _numbered(number: str) -> str:
    return number if number.endswith(".") else f"{number}."


def _measures(inspection: Inspection, number: str | None = None) -> list[Block]:
    """What is ordered, by when, and how that was counted."""
    rows = Measure.objects.of(inspection.organisation_id).filter(inspection=inspection).exclude(state=M.VOID)
    numbers = numbers_of(inspection.sections)
    printed = [
        PrintedMeasure(
            f"M{nth}",
            _ordered(measure),
            numbers.get(measure.item, "–"),
            printed_day(measure.first_due_on) if measure.first_due_on else _term(measure),
            _counted(measure),
        )
        for nth, measure in enumerate(rows.order_by("pk"), start=1)
    ]
    return [Section(_("Measures ordered"), number), Measures(printed)] if printed else []


def _ordered(measure: Measure) -> str:
    text = f"{measure.reference}: {measure.title}. {measure.description}"
    return f"{text} ({measure.legal_basis})" if measure.legal_basis else text


def _term(measure: Measure) -> str:
    return span_in_words(Span.parse(measure.span), RULES[measure.rule].count == WORKING_DAYS)


def _counted(measure: Measure) -> str:
    """How the date came about; before the receipt, from when and by which rule it will be counted."""
    if measure.due_why:
        return " ".join(sentences_of(measure.due_why)[1:])
    rule = RULES[measure.rule]
    if measure.first_due_on is None:
        return _("From the receipt of the report. Rule: %(rule)s; %(source)s.") % {
            "rule": rule.name,
            "source": rule.source,
        }
    return _("Extended to %(day)s.") % {"day": printed_day(measure.due_on)} if measure.due_on else ""


def _nonconformities(inspection: Inspection) -> list[Block]:
    numbers = numbers_of(inspection.sections)
    rows = [
        (record.reference, record.title, numbers.get(item, "–"))
        for item, records in Followed(inspection).nonconformities.items()
        for record in records
    ]
    columns = [Column(_("No."), wide=28), Column(_("Nonconformity")), Column(_("Item"), wide=15)]
    return [Section(_("Nonconformities reported")), Table(columns, rows)] if rows else []


def _given(inspection: Inspection, meaning: Meaning) -> list[Signature]:
    rows = Signature.objects.of(inspection.organisation_id).filter(stream=inspection.uid, meaning=meaning)
    return list(rows.order_by("seq"))


def _signatures(inspection: Inspection, with_issuer: bool, number: str | None = None) -> list[Block]:
    """Simple electronic signatures over this version; who has not signed yet is named too."""
    drawn = {one.person_id: one for one in _given(inspection, Meaning.AUTHOR)}
    signed = [
        _signed(_("Drawn up by"), person, _part(inspection, person), drawn.get(person.pk))
        if person.pk in inspection.signed
        else Signed(_("Drawn up by"), person.name, _part(inspection, person), None)
        for person in _people(inspection)
    ]
    if with_issuer:
        issued = _given(inspection, Meaning.ISSUE)[-1:]
        signed += [_signed(_("Issued by"), one.person, one.office, one) for one in issued]
        signed += [] if issued else [Signed(_("Issued by"), "–", "", None)]
    else:
        name = inspection.representative or "–"
        signed.append(Signed(_("For the inspected party"), name, "", None, by_hand=True))
    measures = ngettext("%(n)d answer", "%(n)d answers", len(inspection.answers_by_item))
    covers = measures % {"n": len(inspection.answers_by_item)}
    return [Section(_("Signatures"), number), Signatures(signed, content_hash(inspection), covers)]


def _signed(part: str, person: Person, office: str, one: Signature | None) -> Signed:
    if one is None:
        return Signed(part, person.name, office, None)
    return Signed(part, one.name, office or one.office, one.at, str(Meaning(one.meaning).label), one.on_behalf_of)
