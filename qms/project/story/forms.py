"""Two checklists of our own, in the structure of the forms public bodies use: sections, yes/no items, objects."""

from __future__ import annotations

from collections.abc import Sequence

from procedures.checklists.structure import Answer, Checklist, Item, ObjectOfCheck, Section

Question = tuple[str, str, bool]  # question, legal basis, whether "not applicable" is printed


def checklist(
    language: str,
    title: str,
    words: tuple[str, str, str],
    sections: Sequence[tuple[str, Sequence[Question]]],
    objects: Sequence[tuple[str, tuple[str, ...]]],
) -> Checklist:
    """A checklist in one language; `words` are yes, no and not applicable as printed."""
    return Checklist(
        language,
        {language: title},
        tuple(_section(language, words, n, *section) for n, section in enumerate(sections, 1)),
        tuple(ObjectOfCheck(f"o{n}", {language: label}, keys) for n, (label, keys) in enumerate(objects, 1)),
    )


def _section(
    language: str, words: tuple[str, str, str], number: int, title: str, questions: Sequence[Question]
) -> Section:
    items = tuple(_item(language, words, f"{number}.{n}", *question) for n, question in enumerate(questions, 1))
    return Section(f"s{number}", {language: title}, str(number), items)


def _item(language: str, words: tuple[str, str, str], number: str, question: str, basis: str, applies: bool) -> Item:
    yes, no, not_applicable = words
    answers = [Answer("yes", {language: yes}), Answer("no", {language: no})]
    if applies:
        answers.append(Answer("na", {language: not_applicable}))
    return Item(
        key=f"i{number.replace('.', '_')}", number=number, label={language: question}, answers=tuple(answers),
        legal_basis=basis, comment_required_on=("no",),
    )  # fmt: skip


RESIDENTIAL = checklist(
    "ro",
    "Listă de verificare: servicii rezidențiale pentru persoane adulte cu dizabilități",
    ("Da", "Nu", "Nu se aplică"),
    (
        (
            "Licență și documente",
            (
                ("Licența de funcționare este valabilă și afișată la intrare?", "Legea 197/2012", False),
                (
                    "Regulamentul de organizare și funcționare este aprobat și cunoscut de personal?",
                    "HG 867/2015",
                    False,
                ),
                ("Registrul de evidență a beneficiarilor este completat la zi?", "Ordinul 82/2019", False),
            ),
        ),
        (
            "Personal",
            (
                ("Posturile prevăzute în structura de personal sunt ocupate?", "HG 867/2015", False),
                ("Fișele de post sunt semnate și actualizate?", "Legea 53/2003", False),
                (
                    "Personalul a fost instruit în ultimele 12 luni privind prevenirea abuzului?",
                    "Ordinul 82/2019",
                    False,
                ),
            ),
        ),
        (
            "Condiții de viață și siguranță",
            (
                ("Planul de evacuare este afișat pe fiecare nivel?", "Legea 307/2006", False),
                ("Dormitoarele respectă suprafața minimă pentru un beneficiar?", "Ordinul 82/2019", False),
                ("Grupurile sanitare sunt adaptate nevoilor beneficiarilor?", "Ordinul 82/2019", False),
                ("Rampa de acces permite intrarea cu fotoliul rulant?", "Legea 448/2006", True),
            ),
        ),
        (
            "Drepturile beneficiarilor",
            (
                ("Fiecare beneficiar are un plan individual revizuit în ultimele 6 luni?", "Ordinul 82/2019", False),
                ("Beneficiarii știu cui se pot adresa cu o sesizare?", "Legea 292/2011", False),
                ("Sesizările primite au fost înregistrate și soluționate?", "Legea 292/2011", True),
            ),
        ),
        (
            "Servicii de zi",
            (
                ("Programul zilnic este afișat și respectat?", "Ordinul 82/2019", False),
                ("Transportul beneficiarilor este asigurat potrivit contractului?", "Ordinul 82/2019", True),
            ),
        ),
    ),
    (("Centru rezidențial", ("s1", "s2", "s3", "s4")), ("Centru de zi", ("s1", "s2", "s3", "s5"))),
)

HEATING = checklist(
    "bg",
    "Контролен лист: отпускане на целева помощ за отопление",
    ("Да", "Не", "Неприложимо"),
    (
        (
            "Приемане на заявленията",
            (
                (
                    "Заявлението-декларация е подадено в срока от 1 юли до 31 октомври?",
                    "Наредба № РД-07-5, чл. 4",
                    False,
                ),
                ("Заявлението е регистрирано в деня на подаването?", "Наредба № РД-07-5, чл. 4", False),
                ("Приложени са документите, които не се събират служебно?", "Наредба № РД-07-5, чл. 4", True),
            ),
        ),
        (
            "Социална анкета",
            (
                ("Социалната анкета е извършена в срок от 20 дни?", "ППЗСП, чл. 27", False),
                ("Социалният доклад е подписан и съдържа предложение?", "ППЗСП, чл. 27", False),
                ("Доходът е изчислен за правилния период?", "Наредба № РД-07-5, чл. 2", False),
            ),
        ),
        (
            "Заповед и изплащане",
            (
                ("Заповедта е издадена в срок от 7 дни след доклада?", "ППЗСП, чл. 28", False),
                ("Лицето е уведомено писмено за заповедта?", "ППЗСП, чл. 28", False),
                ("Отказът е мотивиран и посочва пред кого се обжалва?", "АПК, чл. 59", True),
                ("Помощта е изплатена в размера по заповедта?", "Наредба № РД-07-5, чл. 3", False),
            ),
        ),
        (
            "Контрол върху подбора",
            (
                ("Подборът на преписките е документиран?", "ЗСП, чл. 31", False),
                ("Липсват преписки, обработени и проверени от едно и също лице?", "ЗСП, чл. 31", False),
            ),
        ),
    ),
    (("Дирекция „Социално подпомагане“", ()), ("Изнесено работно място", ())),
)
