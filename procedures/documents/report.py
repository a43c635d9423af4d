"""A revision on paper: cover, who answers for it, editions and revisions, contents, then what it says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from procedures.checklists.reading import checklist_from_json
from procedures.checklists.structure import CHOICE, YES_NO, Checklist, Item, text_in
from procedures.documents import content as contents
from procedures.documents.boxes import edition_line, kind_label
from procedures.documents.content import Body
from procedures.documents.lifecycle import ONCE_IN_FORCE, State
from procedures.documents.models import Decision, Revision, Verdict
from qms.reports.blocks import Block, Bullets, Column, Contents, Cover, Facts, NewPage, Note, Section, Table
from qms.reports.dates import printed_day
from qms.reports.paper import Watermark
from qms.reports.rich import Rich
from qms.reports.sheets import Sheet
from qms.reports.text import Text, mono, short_hash
from qms.signatures.shown import Shown, signatures_of

BOX = "☐"


def revision_sheet(revision: Revision, language: str) -> Sheet:
    """The sheet of a revision in that language; its text is in its own."""
    document = revision.document
    title = revision.title if language == revision.language else document.title_in(language)
    kind = str(document.get_kind_display()).capitalize()
    day = printed_day(revision.effective_from) if revision.effective_from else "–"
    cells = [
        (_("Code"), document.code),
        (_("Edition"), str(revision.edition)),
        (_("Revision"), str(revision.number)),
        (_("In force from"), day),
    ]
    story: list[Block] = [Cover(kind, title, cells), *_responsible(revision), *_editions(revision), NewPage()]
    if revision.body != Body.FILE:
        story.append(Contents(_("Contents")))
    story += _body(revision, language)
    return Sheet(title, story, aside=_aside(revision), form=document.code, watermark=_watermark(revision))


def _aside(revision: Revision) -> list[Text]:
    lines: list[Text] = [edition_line(revision)]
    if revision.effective_to:
        lines.append(_("Not in force any more from %(day)s") % {"day": printed_day(revision.effective_to)})
    return lines


def _watermark(revision: Revision) -> Watermark | None:
    """A draft is marked as such until it is approved; what is not in force any more as an uncontrolled copy."""
    if revision.is_open and revision.state != State.APPROVED:
        return Watermark.DRAFT
    return Watermark.COPY if revision.effective_to else None


def _responsible(revision: Revision) -> Iterator[Block]:
    """Who prepared, reviewed and approved it, with the hash of each signature or decision."""
    yield Section(_("Those who prepared, reviewed and approved it"), "")
    signed = {shown.signature.seq: shown for shown in signatures_of(revision)}
    tasks = {
        Verdict.SUBMITTED: _("Prepared by"),
        Verdict.AGREED: _("Reviewed by"),
        Verdict.APPROVED: _("Approved by"),
    }
    decisions = [one for one in revision.round() if one.verdict in tasks]
    columns = [
        Column(_("No."), wide=10), Column(_("Part"), 0.8), Column(_("Name"), 1.1), Column(_("Office"), 1.2),
        Column(_("Date"), wide=33), Column(_("Signature"), wide=26),
    ]  # fmt: skip
    rows = [
        (str(n), tasks[Verdict(one.verdict)], one.who, one.office, printed_day(one.at.date()), _mark(one, signed))
        for n, one in enumerate(decisions, 1)
    ]
    yield Table(columns, rows) if rows else Note(_("Nobody has submitted it yet."))
    yield Note(
        _("Signatures are simple electronic ones; of each its fingerprint is printed. Where nobody signed with fresh "
          "proof, the fingerprint is that of the content decided about.")
    )  # fmt: skip


def _mark(decision: Decision, signed: dict[int, Shown]) -> Text:
    shown = signed.get(decision.seq)
    if shown is None:
        return mono(short_hash(decision.content_hash))
    return mono(short_hash(shown.signature.digest)) if shown.is_current else _("signed another version")


def _editions(revision: Revision) -> Iterator[Block]:
    """Every revision that was or is in force, up to this one."""
    yield Section(_("Editions and revisions"), "")
    columns = [
        Column(_("No."), wide=10), Column(_("Edition and revision"), 1.0), Column(_("Kind of change"), 0.8),
        Column(_("Reason"), 1.6), Column(_("Applies from"), wide=32),
    ]  # fmt: skip
    earlier = revision.document.revisions.filter(state__in=ONCE_IN_FORCE, pk__lt=revision.pk).defer("content")
    listed = [*earlier.order_by("edition", "number"), revision]
    rows = [
        (
            str(n),
            edition_line(one),
            str(one.get_kind_of_change_display()),
            one.reason_for_change,
            printed_day(one.effective_from) if one.effective_from else "–",
        )
        for n, one in enumerate(listed, 1)
    ]
    yield Table(columns, rows)


def _body(revision: Revision, language: str) -> Iterable[Block]:
    if revision.body == Body.FILE:
        yield Section(_("File"), "")
        yield Facts([(_("Name"), revision.file_name), ("SHA-256", mono(revision.file_sha256))])
    elif revision.body == Body.CHECKLIST:
        yield from _checklist(checklist_from_json(revision.content), language)
    else:
        for n, section in enumerate(contents.sections_of(revision.content), 1):
            yield Section(section.title, str(n))
            yield Rich(section.html)


def _checklist(checklist: Checklist, language: str) -> Iterable[Block]:
    if checklist.objects:
        yield Section(_("Objects of the check"), "")
        yield Bullets([text_in(each.label, language) for each in checklist.objects])
    columns = [Column(_("No."), wide=14), Column(_("Question"), 1.6), Column(_("Answer"), 0.7), Column(_("Finding"), 1)]
    for section in checklist.sections:
        yield Section(text_in(section.title, language), section.number.rstrip("."))
        if section.items:
            yield Table(columns, [_row(item, language) for item in section.items])
        else:
            yield Note(_("Filled in freely during the check."))


def _row(item: Item, language: str) -> tuple[Text, ...]:
    basis = " · ".join(part for part in (item.clause, item.legal_basis, text_in(item.guidance, language)) if part)
    question = text_in(item.label, language) + (f"\n{basis}" if basis else "")
    if item.kind in (YES_NO, CHOICE):
        answer = "\n".join(f"{BOX} {text_in(each.label, language)}" for each in item.answers)
    else:
        answer = f"({kind_label(item.kind)})"
    return item.number, question, answer, ""
