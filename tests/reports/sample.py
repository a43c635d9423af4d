"""A sample inspection report with 40 items, measures, photos and signatures, in three languages: for tests and eyes."""

import hashlib
import io
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache

from PIL import Image, ImageDraw

from qms.reports.blocks import Block, Contents, Facts, Figures, NewPage, Note, Section, Title, Trail, TrailLine, Words
from qms.reports.mission import (
    Answers,
    Item,
    ItemGroup,
    Measure,
    Measures,
    Photo,
    Photos,
    Sign,
    Signatures,
    Signed,
)
from qms.reports.paper import Checkpoint, Letterhead, Paper, Watermark
from qms.reports.picture import picture
from qms.reports.text import Text, bold, link

AT = datetime(2026, 4, 2, 13, 42, tzinfo=UTC)
CHECKPOINT = Checkpoint(3907, AT, 31556, "c40e91b75d2a" + "0" * 48 + "8f13", "9c1f" + "0" * 56 + "e07a")
WORDS: dict[str, dict[str, str]] = {
    "ro": {
        "above": "România · Agenția Națională pentru Plăți și Inspecție Socială",
        "body": "Agenția Județeană pentru Plăți și Inspecție Socială Constanța",
        "address": "Str. Exemplului nr. 1, Constanța · 0241 000 000 · secretariat@exemplu.invalid",
        "title": "Raport de inspecție",
        "subtitle": "Inspecție tematică: servicii rezidențiale pentru adulți cu dizabilități, martie–mai 2026",
        "copy": "Exemplar 1 din 3",
        "question": "Planul de evacuare este afișat la fiecare etaj și personalul cunoaște conținutul lui",
        "basis": "Ord. nr. 82/2019, anexa 2, S1.4",
        "yes": "Da",
        "no": "Nu",
        "na": "Nu se aplică",
        "found": "La etajul 2 planul lipsește; martor: asistenta de serviciu. Fotografiile 1 și 2. S-a întocmit notă.",
        "section": "Siguranță și accesibilitate",
        "prose": "Inspecția s-a desfășurat la fața locului, în prezența reprezentantului furnizorului. Ședință, țară.",
    },
    "bg": {
        "above": "Република България · Агенция за социално подпомагане",
        "body": "Регионална дирекция за социално подпомагане – Русе",
        "address": "ул. „Примерна“ № 1, Русе · 082 000 000 · ruse@primer.invalid",
        "title": "Доклад от проверката",
        "subtitle": "Тематична проверка: резидентна грижа за пълнолетни лица с увреждания, март–май 2026 г.",
        "copy": "Екземпляр 1 от 3",
        "question": "Планът за евакуация е поставен на всеки етаж и служителите са запознати със съдържанието му",
        "basis": "чл. 42, ал. 1, т. 3 от Наредбата за качеството на социалните услуги",
        "yes": "Да",
        "no": "Не",
        "na": "Неприложимо",
        "found": "На втория етаж планът липсва; съставена е бележка, снимки 1 и 2. Присъствала дежурната сестра.",
        "section": "Безопасност и достъпност",
        "prose": "Проверката е извършена на място, в присъствието на представител на доставчика. Щъркел, ѝ, №.",
    },
    "en": {
        "above": "Romania · National Agency for Payments and Social Inspection",
        "body": "County Agency for Payments and Social Inspection Constanța",
        "address": "1 Example Street, Constanța · 0241 000 000 · office@example.invalid",
        "title": "Inspection report",
        "subtitle": "Thematic inspection: residential services for adults with disabilities, March–May 2026",
        "copy": "Copy 1 of 3",
        "question": "The evacuation plan is displayed on every floor and the staff know what it says",
        "basis": "Order 82/2019, annex 2, S1.4",
        "yes": "Yes",
        "no": "No",
        "na": "Not applicable",
        "found": "On floor 2 the plan is missing; the nurse on duty was present. Photos 1 and 2. A note was drawn up.",
        "section": "Safety and accessibility",
        "prose": "The inspection took place on the spot, in the presence of the provider's representative.",
    },
}


@cache
def photo_bytes(shade: int = 90, size: tuple[int, int] = (800, 600)) -> bytes:
    """A drawn photograph."""
    image = Image.new("RGB", size, (shade, 110, 120))
    pen = ImageDraw.Draw(image)
    pen.rectangle((200, 120, 520, 600), fill=(60, 40, shade))
    pen.ellipse((480, 340, 500, 360), fill="white")
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def items(words: dict[str, str], count: int, section: int) -> Sequence[Item]:
    """Items with answers that differ."""
    out = []
    for nth in range(1, count + 1):
        sign: Sign = "no" if nth % 7 == 2 else "not applicable" if nth % 9 == 5 else "yes"
        answer = words[{"yes": "yes", "no": "no"}.get(sign, "na")]
        comment = words["found"] if sign == "no" else ""
        basis = words["basis"] if nth % 3 else ""
        out.append(Item(f"{section}.{nth}", words["question"], answer, sign, comment, basis))
    return out


def story(language: str, sections: int = 4, per_section: int = 10) -> list[Block]:
    """The story of the sample report."""
    words = WORDS[language]
    raw = [photo_bytes(60 + 40 * n, (800, 600) if n != 1 else (450, 600)) for n in range(4)]
    hashes = [hashlib.sha256(one).hexdigest() for one in raw]
    photos = [Photo(picture(one), f"{words['section']} · {n}", hashes[n]) for n, one in enumerate(raw)]
    groups = [
        ItemGroup(str(n), words["section"], items(words, per_section, n), words["prose"] if n == 2 else "")
        for n in range(1, sections + 1)
    ]
    why: Text = "10 → " + words["found"][:60]
    return [
        Title(f"{words['title']} RI-014/2026", words["subtitle"]),
        Facts([(words["section"], words["question"]), ("CUI", [bold("00000000"), ", Constanța"])]),
        Section(words["title"]),
        Figures([("47", words["yes"]), ("41", words["section"]), ("4", words["no"]), ("2", words["na"])]),
        Section(words["section"]),
        Measures([Measure(f"M{n}", words["found"], f"{n}.2", "14.04.2026", why) for n in (1, 2, 3)]),
        Note([words["prose"], " ", bold("20.04.2026"), " ", link("exemplu.invalid", "https://exemplu.invalid/a")]),
        Section(words["copy"]),
        Signatures(
            [
                Signed(words["title"], "Ana Pop", "inspector social", AT),
                Signed(words["title"], "Mihai Țepeș-Dobre", "inspector social", AT, on_behalf_of="Radu Ionescu"),
                Signed(words["copy"], "Десислава Тодорова", "началник на отдел", None),
            ],
            hashlib.sha256(b"manifest").hexdigest(),
            "40",
        ),
        NewPage(),
        Contents(words["title"]),
        Section(words["title"]),
        Words(words["prose"] * 12),
        Answers(groups),
        Section(words["section"]),
        Photos(photos),
        Section("Trail"),
        Trail([TrailLine(AT, [bold("Ana Pop"), ", ", words["found"]], n) for n in range(1, 6)]),
    ]


def paper(
    language: str = "ro", watermark: Watermark | None = None, checkpoint: Checkpoint | None = CHECKPOINT
) -> Paper:
    """The sample report."""
    words = WORDS[language]
    return Paper(
        title=words["title"],
        reference="RI-014/2026",
        language=language,
        letterhead=Letterhead(words["body"], words["above"], words["address"]),
        story=story(language),
        generated_at=AT,
        aside=(["Nr. ", bold("2 318"), " / 2.04.2026"], words["copy"]),
        form="F-IS-01-03, v2",
        watermark=watermark,
        checkpoint=checkpoint,
        verify_url="https://qms.exemplu.invalid/v/7ac1-d93e",
        time_zone="Europe/Bucharest",
    )
