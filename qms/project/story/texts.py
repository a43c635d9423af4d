"""The procedures of the demo, written by us: short, real and usable, each in the language of its body."""

from __future__ import annotations

from procedures.documents.content import TextSection


def sections(*pairs: tuple[str, str]) -> tuple[TextSection, ...]:
    return tuple(TextSection(f"s{n}", title, html) for n, (title, html) in enumerate(pairs, 1))


CONTROL_OF_DOCUMENTS = sections(
    (
        "Scop",
        "<p>Procedura stabilește cum se elaborează, se verifică, se aprobă, se difuzează și se retrag documentele "
        "sistemului de management al calității, astfel încât la locul de muncă să se folosească numai ediția în vigoare.</p>",
    ),
    (
        "Domeniu de aplicare",
        "<p>Se aplică tuturor procedurilor, instrucțiunilor, formularelor și listelor de verificare ale agenției, "
        "precum și documentelor de proveniență externă pe care le folosim.</p>",
    ),
    (
        "Documente de referință",
        "<ul><li>ISO 9001:2015, 7.5</li><li>OSGG nr. 600/2018, standardul 9 – Proceduri</li></ul>",
    ),
    (
        "Descrierea activității",
        "<ol><li>Responsabilul de proces elaborează proiectul și arată de ce este nevoie de el.</li>"
        "<li>Persoanele desemnate îl analizează în paralel; fiecare își dă acordul sau îl returnează cu motivare.</li>"
        "<li>Directorul executiv îl aprobă prin semnătură și stabilește data intrării în vigoare.</li>"
        "<li>La acea dată revizia anterioară este înlocuită în mod automat și rămâne consultabilă în istoric.</li></ol>"
        "<p>Cine a scris sau a modificat o revizie nu o poate aproba.</p>",
    ),
    (
        "Responsabilități",
        "<table><tbody><tr><th>Cine</th><th>Ce face</th></tr>"
        "<tr><td>Responsabilul de proces</td><td>elaborează, revizuiește periodic</td></tr>"
        "<tr><td>Responsabilul SMC</td><td>ține evidența, verifică difuzarea</td></tr>"
        "<tr><td>Directorul executiv</td><td>aprobă</td></tr></tbody></table>",
    ),
    ("Înregistrări", "<p>Revizia semnată, acordurile, observațiile și istoricul ei se păstrează în aplicație.</p>"),
)

MISSION = sections(
    (
        "Scop",
        "<p>Procedura descrie desfășurarea misiunii de inspecție socială, de la plan la închiderea măsurilor.</p>",
    ),
    (
        "Domeniu de aplicare",
        "<p>Se aplică inspectorilor sociali ai agenției în controlul serviciilor sociale și al beneficiilor de asistență "
        "socială din județ.</p>",
    ),
    (
        "Pregătirea misiunii",
        "<ol><li>Șeful serviciului desemnează echipa: cel puțin doi inspectori, dintre care unul coordonator.</li>"
        "<li>Ordinul de misiune poartă număr și dată.</li>"
        "<li>Fiecare membru declară că nu se află în conflict de interese. Fără declarații lista de verificare nu se "
        "deschide.</li></ol>",
    ),
    (
        "Desfășurarea la fața locului",
        "<p>Echipa răspunde la fiecare punct al listei de verificare. Un răspuns „Nu” se motivează cu fapta constatată "
        "și, unde se poate, cu o fotografie. Misiunea păstrează revizia listei cu care a început.</p>",
    ),
    (
        "Raportul",
        "<p>Raportul cuprinde constatările, concluziile și măsurile cu termenele lor. Îl semnează toată echipa, iar "
        "coordonatorul din afara echipei îl emite. Termenul unei măsuri curge de la primirea raportului.</p>",
    ),
    (
        "Urmărirea măsurilor",
        "<p>Îndeplinirea raportată de un inspector este verificată de altă persoană. Prelungirea se cere cu motivare și "
        "se aprobă de coordonator.</p>",
    ),
)

MISSION_FIRST_DRAFT = (
    *MISSION[:2],
    TextSection("s3", "Pregătirea misiunii", "<p>Echipa pleacă pe baza ordinului.</p>"),
)

HEATING_AID = sections(
    (
        "Цел",
        "<p>Процедурата определя реда за отпускане на целева помощ за отопление и за контрола върху сроковете, така че "
        "всяка заповед да бъде издадена най-късно на 27-ия ден от подаването на заявлението.</p>",
    ),
    (
        "Обхват",
        "<p>Прилага се от дирекциите „Социално подпомагане“ в областта и от експертите по контрола в регионалната "
        "дирекция.</p>",
    ),
    ("Нормативна основа", "<ul><li>Наредба № РД-07-5 от 2008 г.</li><li>ППЗСП, чл. 27 и чл. 28</li><li>АПК</li></ul>"),
    (
        "Ред за работа",
        "<ol><li>Заявлението се регистрира в деня на подаването.</li>"
        "<li>В срок от 20 дни се извършва социална анкета и се изготвя доклад.</li>"
        "<li>В срок от 7 дни след доклада директорът издава мотивирана заповед.</li>"
        "<li>Заповедта се съобщава писмено; отказът посочва пред кого и в какъв срок се обжалва.</li></ol>",
    ),
    (
        "Отговорности",
        "<p>Социалният работник отговаря за анкетата и доклада, директорът – за заповедта, главният експерт по контрола "
        "– за проверката на сроковете.</p>",
    ),
    ("Записи", "<p>Заявление, доклад, заповед, известие за връчване и контролен лист се пазят в преписката.</p>"),
)
