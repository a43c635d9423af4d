"""Sample pages: every part once, with the long words of three languages. Shown by tests only, at /sample/<name>."""

from datetime import UTC, date, datetime
from typing import Any

from django import forms
from django.utils.safestring import mark_safe

from qms.face import checklist as check
from qms.face import pages, parts
from qms.face.dates import deadline
from qms.face.parts import Badge, Button, Cell, Link, Shape, Stage, Tone
from qms.face.roof import Roof, Tongue

TODAY = date(2026, 4, 14)


def at(day: int, hour: int, minute: int = 0, month: int = 5) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


def roof(language: str, body: str, words: list[str], here: int, person: str) -> Roof:
    menu = [Link(word, f"/{place}", 9 if place == 0 else None, place == here) for place, word in enumerate(words)]
    tongues = [
        Tongue("ro", "Română", language == "ro"),
        Tongue("bg", "Български", language == "bg"),
        Tongue("en", "English", language == "en"),
    ]
    return Roof(body, person, menu, [Link("Delegări", "/delegations")], "/search", tongues, [])


EN = ["Tasks", "Documents", "Inspections", "Nonconformities", "Audits", "Indicators"]
RO = ["Sarcini", "Documente", "Inspecții", "Neconformități", "Audituri", "Indicatori"]
BG = ["Задачи", "Документи", "Проверки", "Несъответствия", "Одити", "Показатели"]

REPORTED = Badge(Shape.DOTTED, Tone.STILL, "Докладвано")
CONTAINED = Badge(Shape.HALF, Tone.INFO, "Ограничено")
WORKING = Badge(Shape.DISC, Tone.SEAL, "В изпълнение")
WAITING = Badge(Shape.DIAMOND, Tone.WARN, "За проверка")
CLOSED = Badge(Shape.TICK, Tone.OK, "Закрито")
REFUSED = Badge(Shape.TRIANGLE, Tone.LATE, "nefavorabil")


def record() -> dict[str, Any]:
    names = ["Reported", "Contained", "Cause determined", "Action taken"]
    steps = [parts.StepperStep(name, Stage.DONE, at(14, 9), "Radu Ionescu") for name in names]
    steps += [
        parts.StepperStep("Effectiveness check", Stage.NOW, note="open from today"),
        parts.StepperStep("Closed", Stage.TO_COME, note="not yet"),
    ]
    due = deadline(TODAY, TODAY, ["90 calendar days from 15 May, the day the action was reported done.", "A Tuesday."])
    refused = [
        parts.ReasonRow(
            "The effectiveness check is not recorded yet.", "10.2.1 d", "you, Carmen Vasile", "Effect", "#a"
        ),
        parts.ReasonRow(
            "You reported this nonconformity, so someone else closes it.", "separation of duties", "Ana Pop"
        ),
    ]
    page = pages.RecordPage(
        head=pages.Head(
            "Report RI-011 was drawn up on an obsolete checklist",
            "NC-2026-004",
            [Link("Nonconformities", "/nc"), Link("AJPIS Constanța", ""), Link("Social inspection service", "")],
            Badge(Shape.HALF, Tone.INFO, "Effectiveness check"),
            "Minor · ISO 9001:2015, 7.5.3 · found by desk review on 14 May 2026 · version 9 of this record",
            actions=[Button("PDF", "/pdf", "file")],
            more=[Link("Edit", "/edit"), Link("Lifecycle", "/lifecycle")],
        ),
        stepper=parts.Stepper(steps),
        what_next=parts.WhatNext(
            "Record the effectiveness check: did the old checklist come back?",
            Button("Record the check", "/check", "clipboard-check", primary=True),
            "you",
            "quality manager",
            due,
            [parts.WhyNot("close", "Close", refused)],
            [Link("Reopen with a reason", "/r"), Link("Hand over to another person", "/h")],
        ),
        main=[texts(), measured(), evidence(), drawing(), redline(), trail()],
        rail=[facts(), linked(), who_may(), route(), talk()],
    )
    return {"page": page, "roof": roof("en", "AJPIS Constanța", EN, 3, "Dan Petrescu")}


def texts() -> parts.Texts:
    found = (
        "Inspection report RI-011/2026 was drawn up on checklist LV-IS-01 v2. Version 3 had been in force since 9 Feb."
    )
    return parts.Texts(
        "What happened, why, and what was done",
        [
            parts.Paragraph("Finding", found),
            parts.Paragraph(
                "Cause", html=mark_safe("<p>Version 2 stayed as a <b>local copy</b>.</p>"), note="five whys"
            ),
            parts.Paragraph("Corrective action"),
        ],
        link=Link("History of the text", "/history"),
    )


def measured() -> parts.Table:
    row = [
        Cell("Reports drawn up on a version not in force"),
        Cell("0"),
        Cell("0 of 12", strong=True),
        Cell("12", "/l"),
    ]
    heads = ["Indicator", "Target", "Measured today", "Counted from"]
    return parts.Table("Effectiveness", heads, [row, row], foot="Measured from the trail.", numeric=[1, 2])


def evidence() -> parts.EvidenceBox:
    files = [
        parts.Evidence("PDF", "RI-011 bis, reissued report", "/e1", "covers 14 May 2026", "9f2c" + "0" * 56 + "41ab"),
        parts.Evidence("JPG", "Laptop_2_folder_before_deletion_2026-05-15_final.jpg", "/e2", "", "07de" * 16),
    ]
    return parts.EvidenceBox(files, UploadForm(), "/evidence", "k")


class UploadForm(forms.Form):
    upload = forms.FileField(label="File", help_text="PDF, image or office file, 20 MB at most.")


def drawing() -> parts.Diagram:
    svg = mark_safe(
        '<svg viewBox="0 0 200 40" width="200"><rect width="200" height="40" fill="none" stroke="#155463"/></svg>'
    )
    return parts.Diagram(
        "Lifecycle", svg, "It stands at effectiveness check, the fifth of six.", ["Reported", "Contained"]
    )


def redline() -> parts.Redline:
    second = mark_safe("Lista se completează <del>pe suport de hârtie</del> <ins>numai în aplicație</ins>.")
    pieces = [
        parts.RedlinePiece("7.3.1", mark_safe("Echipa prezintă legitimațiile.")),
        parts.RedlinePiece("7.3.2", second, True, [Link("comentariul 1", "#c1")]),
    ]
    return parts.Redline("7.3 Controlul la fața locului", pieces, "față de Ediția II, Revizia 0", foot="2 paragrafe.")


def trail() -> parts.Trail:
    lines = [
        parts.TrailLine(
            at(13, 7, 30, 8), mark_safe("The clock opened the check and told <b>Dan Petrescu</b> by e-mail."), 9
        ),
        parts.TrailLine(
            at(15, 16, 5), mark_safe("<b>Radu Ionescu</b>, head of inspection, reported the action done."), 7
        ),
    ]
    checkpoint = parts.Checkpoint("Chain verified against checkpoint 4 812 of 13 Aug 2026, 09:00.", "/proof")
    return parts.Trail(lines, 9, "/trail", checkpoint)


def facts() -> parts.Facts:
    rows = [
        parts.Fact("Grade", "Minor"),
        parts.Fact("Requirement", "ISO 9001:2015, 7.5.3", "SCIM standard 9, Procedures"),
        parts.Fact("Owner", "Radu Ionescu", url="/p"),
        parts.Fact("Due", "13 Aug 2026", "first date 13 Aug, never moved", strong=True),
    ]
    return parts.Facts(rows, edit=Link("Edit", "/edit"))


def linked() -> parts.LinkedRecords:
    return parts.LinkedRecords(
        [
            parts.LinkedRecord("found in", "RI-011/2026, report", "/l1", Badge(Shape.TICK, Tone.OK, "Replaced")),
            parts.LinkedRecord("breaches", "PO-IS-01, Ed. I", "/l2", Badge(Shape.DOTTED, Tone.STILL, "Superseded")),
        ]
    )


def who_may() -> parts.WhoMayDoWhat:
    return parts.WhoMayDoWhat(
        [parts.MayDo("close", "Radu Ionescu, Carmen Vasile", "not Dan Petrescu, who reported it")]
    )


def route() -> parts.Route:
    done = Badge(Shape.TICK, Tone.OK, "semnat")
    wait = Badge(Shape.DIAMOND, Tone.WARN, "așteptat azi")
    first = [parts.Opinion("Elaborat", "Radu Ionescu", Stage.DONE, "șef serviciu inspecție", done, date(2026, 10, 26))]
    why = "Fotografiile cu beneficiari: cine le vede?"
    dpo = parts.Opinion("Protecția datelor", "Irina Barbu", Stage.REFUSED, "DPO", REFUSED, date(2026, 11, 2), "", why)
    staff = parts.Opinion("Resurse umane", "Lavinia Stoica", Stage.NOW, "inspector", wait, on_note="3 nov")
    last = parts.Opinion("Aprobat", "Elena Marin", Stage.TO_COME, "director executiv", on_note="cu semnătură")
    groups = [
        parts.RouteGroup(first),
        parts.RouteGroup([dpo, staff], "Formular de analiză, în paralel, termen 3 noiembrie"),
        parts.RouteGroup([last], "După ce nu mai e niciun aviz nefavorabil deschis"),
    ]
    return parts.Route(groups, "8 persoane, 5 s-au pronunțat")


def talk() -> parts.Comments:
    answered = parts.Comment("Dan Petrescu", at(15, 11, 20), "Are there printed copies as well?", 1, badge=CLOSED)
    waits = parts.Comment("Carmen Vasile", at(10, 15, 42, 8), "RI-019 was started before.", 2, badge=WAITING)
    return parts.Comments([answered, waits], CommentForm(), "/comment", "k", "2, one open")


class CommentForm(forms.Form):
    text = forms.CharField(label="Comment", widget=forms.Textarea, help_text="Write @name to tell somebody.")


class FilterForm(forms.Form):
    q = forms.CharField(label="Търсене", required=False)
    unit = forms.ChoiceField(label="Звено", choices=[("", "Всички звена")], required=False)
    state = forms.ChoiceField(label="Състояние", choices=[("", "Всички")], required=False)
    due = forms.DateField(label="Срок до", required=False)


TITLES = [
    ("Заявление, входирано два дни след подаването му на гише 3", REPORTED, "ДСП Русе", "П. Димитрова"),
    ("Служебна карта с изтекъл срок при проверка на място", CONTAINED, "РДСП, контрол", "И. Петров"),
    (
        "Заповеди за отпускане, издадени след срока от 27 дни, повторно и в други дирекции",
        WORKING,
        "ДСП Русе",
        "И. Петров",
    ),
    ("Липсва декларация за липса на конфликт на интереси за един проверяващ", WAITING, "РДСП", "М. Йорданова"),
    ("Образец без номер на изданието", CLOSED, "ДСП Две могили", "Т. Илиев"),
]


def register() -> dict[str, Any]:
    rows = []
    for number in range(25):
        title, badge, unit, owner = TITLES[number % 5]
        due = deadline(date(2026, 4, 10 + number % 9), TODAY, done=badge is CLOSED)
        cells = [Cell(unit), Cell("8.5.1"), Cell("знач.", strong=True), Cell(badge=badge), Cell(owner), Cell(due=due)]
        rows.append(pages.Row(f"/nc/{number}", f"НС-2026-{38 - number:03}", title, cells, badge, due, unit, "знач."))
    labels = ["Номер", "Несъответствие", "Звено", "Клауза", "Степен", "Състояние", "Отговорник", "Срок"]
    kinds = ["reference", "title", "text", "text", "text", "badge", "person", "due"]
    columns = [pages.Column(label, kind) for label, kind in zip(labels, kinds, strict=True)]
    columns[0] = pages.Column("Номер", "reference", "?sort=number", "descending")
    tabs = [
        Link("Всички", "/nc", 38, True),
        Link("Всички отворени", "/o", 29),
        Link("За проверка на ефикасността", "/e", 4),
    ]
    page = pages.ListPage(
        pages.Head(
            "Несъответствия",
            line="38 за 2026 г.: 29 отворени,",
            late="2 просрочени",
            actions=[Button("CSV, XLSX", "/x", "table"), Button("Докладване на несъответствие", "/n", "plus", True)],
            tabs=tabs,
        ),
        pages.ListTable("Несъответствия", columns, rows),
        pages.Filters(FilterForm()),
        pages.Pager("1–25 от 38", older_url="?after=1"),
    )
    return {"page": page, "roof": roof("bg", "РДСП Русе", BG, 3, "Николай Стоянов")}


def empty() -> dict[str, Any]:
    page = pages.ListPage(
        pages.Head("Documents"),
        pages.ListTable("Documents", [], []),
        pages.Filters(FilterForm({"q": "x"})),
        empty=parts.EmptyState(
            "No document yet.", "The first one is a procedure.", Button("New document", "/n", "plus", True)
        ),
    )
    return {"page": page, "roof": roof("en", "AJPIS Constanța", EN, 1, "Dan Petrescu")}


def inbox() -> dict[str, Any]:
    late = deadline(date(2026, 4, 9), TODAY, ["5 zile lucrătoare de la 2 aprilie: 3, 6, 7, 8 și 9 aprilie."])
    today = deadline(TODAY, TODAY, ["30 de zile de la înregistrare, 13 martie → duminică, 12 aprilie (Paștele)."])
    later = deadline(date(2026, 4, 16), TODAY)
    why = "Aviz nefavorabil de la Compartimentul juridic: lipsește trimiterea la ordinul de aprobare."
    items = [
        pages.InboxItem(
            "Răspundeți la observația juridică asupra PO-IS-03",
            "/t1",
            "Răspundeți",
            late,
            "Soluționarea contestațiilor",
            why,
            "Andrei Dinu",
            "a dat avizul pe 2 aprilie",
            True,
        ),
        pages.InboxItem(
            "Verificați dovada pentru măsura M1 din RI-014/2026",
            "/t2",
            "Verificați",
            today,
            "",
            why,
            "Radu Ionescu",
            "v-a delegat, 9–17 aprilie",
        ),
        pages.InboxItem("Revizuiți periodic PS-01", "/t3", "Revizuiți", later, "Elaborarea procedurilor"),
        pages.InboxItem("Completați indicatorul O1", "/t4", "Completați"),
    ]
    weeks = [[parts.Day(date(2026, 4, 13 + day), day % 3, day > 4, day == 1) for day in range(7)]]
    page = pages.InboxPage(
        pages.Head("Sarcinile mele", line="9 sarcini:", late="1 restantă", tabs=[Link("Ale mele", "/", 9, True)]),
        TODAY,
        [
            pages.InboxGroup("Restante", items[:1], tone=Tone.LATE),
            pages.InboxGroup("Astăzi", items[1:2]),
            pages.InboxGroup("Până vineri, 17 aprilie", items[2:]),
        ],
        more=Link("Arată și cele 6 de mai târziu", "/?all=1"),
        rail=[parts.CalendarBox("Zilele care urmează", weeks, "Sub dată: câte sarcini au termen atunci."), facts()],
    )
    return {"page": page, "roof": roof("ro", "AJPIS Constanța", RO, 0, "Dan Petrescu")}


def nothing() -> dict[str, Any]:
    page = pages.InboxPage(pages.Head("Tasks"), TODAY, [], empty=parts.EmptyState("Nothing asked of you today."))
    return {"page": page, "roof": roof("en", "AJPIS Constanța", EN, 0, "Dan Petrescu")}


class StepForm(forms.Form):
    reason = forms.CharField(label="Reason", widget=forms.Textarea, help_text="It is kept in the trail.")
    verified_on = forms.DateField(label="Verified on", initial=TODAY)
    outcome = forms.ChoiceField(
        label="Outcome", widget=forms.RadioSelect, choices=[("y", "effective"), ("n", "not effective")]
    )
    grade = forms.ChoiceField(label="Grade", choices=[("minor", "minor"), ("major", "major")], required=False)
    told = forms.BooleanField(label="The reporter was told", required=False)
    password = forms.CharField(label="Your password", widget=forms.PasswordInput)


def step(sent: dict[str, str] | None = None) -> dict[str, Any]:
    manifest = [parts.Fact("Title", "Report RI-011"), parts.Fact("Cause", "Version 2 stayed as a local copy")]
    page = pages.FormPage(
        pages.Head("Close", "NC-2026-004", [Link("Nonconformities", "/nc"), Link("NC-2026-004", "/nc/4")]),
        StepForm(sent),
        "Sign and close",
        back_url="/nc/4",
        version=9,
        key="k",
        sentence="It is closed; the reporter is told.",
        signature=pages.Signature(
            "I close this nonconformity.", "Carmen Vasile", "internal auditor", manifest, "ab" * 32
        ),
    )
    return {"page": page, "roof": roof("en", "AJPIS Constanța", EN, 3, "Carmen Vasile")}


def wrong() -> dict[str, Any]:
    return step({"reason": "", "verified_on": "31.02.2026"})


def stale() -> dict[str, Any]:
    retry = step({"reason": "kept", "verified_on": "2026-04-14", "outcome": "y", "password": "x"})["page"]
    page = pages.StalePage(
        "Ana Pop", "15 May, 10:41", [pages.Difference("Title", "Old words", "New words")], "/nc/4", retry
    )
    return {"page": page, "roof": roof("en", "AJPIS Constanța", EN, 3, "Carmen Vasile")}


def refused() -> dict[str, Any]:
    rows = [
        parts.ReasonRow("The cause is not determined yet.", "ISO 9001 10.2.1 b", "Radu Ionescu", "Cause", "/nc/4#cause")
    ]
    head = pages.Head("Close", "NC-2026-004", [Link("Nonconformities", "/nc")])
    context = {"head": head, "reasons": rows, "back_url": "/nc/4"}
    return context | {"roof": roof("en", "AJPIS Constanța", EN, 3, "Carmen Vasile")}


def history() -> dict[str, Any]:
    page = pages.TrailPage(pages.Head("Trail", "NC-2026-004"), trail(), pages.Pager("1–50", older_url="?after=1"))
    return {"page": page, "roof": roof("en", "AJPIS Constanța", EN, 3, "Carmen Vasile")}


def background() -> dict[str, Any]:
    head = pages.Head("Report RI-014/2026")
    boxes = [
        parts.Progress("The report is being drawn", 120, 300, "/sample/progress"),
        parts.Progress("The report is ready.", 300, 300, finished=True, result=Link("RI-014.pdf", "/pdf")),
        parts.Progress("", 1, 2, failed="The picture at item 4.2 cannot be read."),
        parts.Notice("The body’s calendar for 2027 is not confirmed yet.", Tone.WARN, "alert", Link("Confirm", "/c")),
        parts.Folded("Earlier versions", facts()),
        parts.Fragment("parts/empty_state.html", {"it": parts.EmptyState("Nothing in a fragment.")}),
    ]
    page = pages.RecordPage(head, main=boxes)
    return {"page": page, "roof": roof("en", "AJPIS Constanța", EN, 2, "Ana Pop")}


def welcome() -> dict[str, Any]:
    chores = [
        pages.Chore("The body and its language", "Its name stands on every report.", "/b", "Complete", True),
        pages.Chore("People and roles", "Each gets a link by mail or by hand.", "/p", "Invite people"),
        pages.Chore("The first procedure", "With a checklist, if you inspect.", "/d", "Begin"),
    ]
    return {"page": pages.WelcomePage(chores, "/away"), "roof": roof("en", "ANPIS", EN, 0, "Dan Petrescu")}


def checklist() -> dict[str, Any]:
    def answers(chosen: str = "") -> list[check.Answer]:
        signs = {"yes": "Да", "no": "Не", "na": "Неприл."}
        return [check.Answer(value, label, value, value == chosen) for value, label in signs.items()]

    sections = [
        check.SectionTab("1", "Заявление", 5, 5, "?s=1"),
        check.SectionTab("2", "Срокове", 2, 6, "?s=2", True),
        check.SectionTab("3", "Социален доклад и оценка на потребностите", 0, 4, "?s=3"),
    ]
    photo = [parts.Evidence("JPG", "заповед.jpg", "/e", "03.09.2026", "ab12" * 16)]
    items = [
        check.ChecklistItem(
            "a",
            "2.1",
            "Заявлението-декларация е входирано в деня на подаването.",
            "/a",
            answers=answers("yes"),
            saved="Ана Поп, 10:41",
        ),
        check.ChecklistItem(
            "b",
            "2.2",
            "Заповедта е издадена до 27 дни от входирането.",
            "/b",
            answers=answers("no"),
            asks_fact=True,
            fact="Заповедта е издадена на 31-вия ден.",
            photo_offered=True,
            photos=photo,
            missing="При „Не“ се искат факт и снимка. Снимката липсва.",
            basis="ПР-СП-02, т. 6.3",
            guidance="Вижте деловодната система.",
            findings=[Link("Докладване на несъответствие", "/nc")],
        ),
        check.ChecklistItem(
            "c", "2.3", "Лицето е уведомено писмено за заповедта.", "/c", answers=answers(), guidance="…"
        ),
        check.ChecklistItem("d", "2.4", "Брой дела", "/d", kind="number", unit="бр."),
        check.ChecklistItem(
            "e",
            "2.5",
            "Вид на услугата",
            "/e",
            kind="choice",
            answers=[check.Answer("1", "Асистентска подкрепа"), check.Answer("2", "Дневна грижа", chosen=True)],
        ),
        check.ChecklistItem("f", "2.6", "Бележки", "/f", kind="text", conflict="Мария Илиева отговори „Да“ в 10:40 ч."),
    ]
    page = check.ChecklistPage(
        check.ChecklistHead("ПП-09/2026", "Досие 17 от 40", "/i/9", 7, 22, "ДСП Русе", 1, 0, 4, sections),
        sections[1],
        items,
        check.ChecklistFoot(at(14, 7, 42), Link("Раздел 1", "?s=1"), Link("Следващ без отговор: 2.3", "#item-c")),
    )
    return {"page": page}


SAMPLES: dict[str, tuple[str, Any]] = {
    "record": ("records/detail.html", record),
    "register": ("records/list.html", register),
    "empty": ("records/list.html", empty),
    "inbox": ("inbox.html", inbox),
    "nothing": ("inbox.html", nothing),
    "step": ("records/step.html", step),
    "wrong": ("records/step.html", wrong),
    "stale": ("409.html", stale),
    "refused": ("records/refused.html", refused),
    "history": ("records/trail.html", history),
    "background": ("records/detail.html", background),
    "welcome": ("welcome.html", welcome),
    "checklist": ("inspections/checklist.html", checklist),
    "403": ("403.html", dict),
    "404": ("404.html", dict),
    "400": ("400.html", dict),
    "413": ("413.html", dict),
    "429": ("429.html", dict),
    "500": ("500.html", dict),
    "login": ("account/login.html", lambda: {"form": StepForm()}),
    "password_reset_done": ("account/password_reset_done.html", dict),
}
