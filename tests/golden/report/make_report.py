"""Writes report.txt, an invented evaluation of a cluster with one fault of every kind in it.

    python make_report.py

The text is laid out as the text layer of a PDF is: wrapped lines, running heads and page numbers,
tables as rows of text with labels torn over lines. `as_word` makes a .docx of the same content
with real tables. `planted.csv`, written by hand, lists the faults. All figures are whole numbers
of companies over the n stated, but for the faults.
"""

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

WIDTH = 92
PAGE = 44
RUNNING_HEAD = "UTVÄRDERING AV TRÄLYFTET 2021–2023"


@dataclass(frozen=True)
class Heading:
    text: str
    level: int = 1


@dataclass(frozen=True)
class Table:
    """Heads may have two lines, the second with n; a label with a bar is torn there in the text."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


CONTENT: tuple[str | Heading | Table, ...] = (
    Heading("1 Om Trälyftet"),
    "Trälyftet är ett klusterinitiativ för företag som förädlar trä i fem kommuner kring "
    "Mossälven. Här finns sågverk, möbeltillverkare, hustillverkare och de maskinfirmor som "
    "förser dem med utrustning. Initiativet startades för nio år sedan av kommunerna och en "
    "handfull företag, och leds i dag av en ideell förening med en processledare och två "
    "projektledare.",
    "Den här rapporten sammanfattar vad företagen har svarat i tre enkäter. Den första gjordes "
    "2021, den andra 2022 och den senaste 2023. Frågorna var i stort sett desamma alla tre "
    "gångerna. Eftersom några företag hoppar över enstaka frågor varierar antalet svar mellan "
    "frågorna; under varje tabell framgår hur många som har svarat.",
    "Verksamheten är ordnad i tre delar: möten mellan företag, utbildning och forskning. Det mesta "
    "av pengarna går till möten. Under 2023 hölls frukostmöten en gång i månaden, dessutom två "
    "studieresor och en mässa. Deltagandet har lett till fler anställda i företagen.",
    Heading("2 Företagen och deras tillväxt"),
    Heading("2.1 Vilja att växa", 2),
    "Företagen har fått ange om de vill växa om det finns möjlighet till det. Svaren framgår av "
    "tabellen nedan.",
    Table(
        "Tabell 1: Vilja att växa som företag om möjlighet finns",
        ("2022\n(n=28)", "2023\n(n=24)"),
        (
            ("Ja, både vad gäller omsättning och| antal anställda", "79 %", "71 %"),
            ("Ja, men utan att öka antalet anställda", "18 %", "25 %"),
            ("Nej", "4 %", "4 %"),
        ),
    ),
    "År 2023 vill 71 procent av de svarande företagen växa både vad gäller omsättning och antal "
    "anställda. Andelen har gått från 79 till 71 procent, en skillnad på 8 procent. Med så få "
    "svarande är den inte statistiskt säkerställd. En fjärdedel vill växa utan att öka antalet "
    "anställda. Ett av de 24 företagen svarar nej.",
    Table(
        "Tabell 2: Andel av försäljningen som går till kunder i Sverige",
        ("0 - 25", "26 - 50", "51 - 75", "76 - 100"),
        (
            ("Andel företag 2022 (n=28)", "14 %", "21 %", "18 %", "36 %"),
            ("Andel företag 2023 (n=24)", "8 %", "17 %", "21 %", "54 %"),
        ),
    ),
    "De flesta av företagen säljer alltså huvudsakligen inom landet. Det gäller framför allt "
    "hustillverkarna, medan sågverken har en större export. Hur exporten ska kunna växa är en "
    "fråga som återkommer i samtalen med företagen.",
    Heading("2.2 Tillväxteffekter", 2),
    "I enkäten anger företagen vilka konkreta tillväxteffekter som deltagandet har bidragit till. "
    "Frågan har ställts vid alla tre mätningarna, och flera svar har kunnat anges.",
    Table(
        "Tabell 3: Deltagandets bidrag till konkreta tillväxteffekter i företagen",
        ("2021\n(n=26-28)", "2022\n(n=25-27)", "2023\n(n=22-24)"),
        (
            ("Ökad försäljning", "35 %", "38 %", "46 %"),
            ("Lägre kostnader", "29 %", "28 %", "13 %"),
            ("Fler anställda", "11 %", "17 %", "18 %"),
            ("Nya investeringar", "36 %", "36 %", "25 %"),
        ),
    ),
    "Andelen som uppger ökad försäljning var 35 procent år 2021 och 46 procent år 2023, en "
    "skillnad på tretton procentenheter. Sedan 2022 har andelen som uppger lägre kostnader "
    "minskat tydligt från 28 till 13 procent. Vanligast bland tillväxteffekterna år 2023 är nya "
    "investeringar.",
    "Var fjärde svarande uppger år 2023 att deltagandet har bidragit till nya investeringar. "
    "Andelen som uppger fler anställda är ungefär lika stor 2022 och 2023.",
    Heading("2.3 Konkurrenskraft", 2),
    "Företagen har också fått bedöma på vilket sätt deltagandet kommer att stärka deras "
    "konkurrenskraft på längre sikt.",
    Table(
        "Tabell 4: På vilket sätt deltagandet väntas stärka konkurrenskraften",
        ("2022\n(n=25)", "2023\n(n=23)"),
        (
            ("Genom bättre produkter/tjänster", "84 %", "87 %"),
            ("Genom nya produkter/tjänster", "72 %", "74 %"),
            ("Genom lägre priser", "36 %", "35 %"),
        ),
    ),
    "År 2023 väntar sig 84 procent av de svarande företagen att konkurrenskraften stärks genom "
    "bättre produkter/tjänster. Nästan tre fjärdedelar räknar med nya produkter/tjänster, och "
    "drygt en tredjedel med lägre priser. Ordningen är densamma som 2022.",
    Heading("3 Forskning och samverkan"),
    Heading("3.1 Forskning och utveckling", 2),
    "Ett av målen är att fler företag ska arbeta med forskning och utveckling. Initiativet har "
    "därför öppnat en verkstad tillsammans med högskolan, där företag kan prova nya limfogar och "
    "ytbehandlingar innan de köper egen utrustning.",
    Table(
        "Tabell 5: Deltagandets bidrag till ökad forskning och utveckling",
        ("2021\n(n=24)", "2022\n(n=22)", "2023\n(n=21)"),
        (
            ("Mer FoU i det egna företaget", "-", "45 %", "57 %"),
            ("Ökat FoU-samarbete med andra företag", "58 %", "50 %", "67 %"),
            ("Ökat FoU-samarbete med| högskola/forskningsinstitut", "79 %", "45 %", "81 %"),
        ),
    ),
    "År 2023 uppger en tredjedel av de svarande företagen att deltagandet har inneburit mer FoU i "
    "det egna företaget. Åtta av tio uppger ökat FoU-samarbete med högskola/forskningsinstitut. "
    "Andelen som uppger ökat FoU-samarbete med andra företag har minskat mellan 2022 och 2023.",
    "På frågan om vem som oftast tar den första kontakten med akademin svarade 13 av de 21 "
    "svarande företagen att de själva gör det, medan sex angav högskolan. Fyra företag uppgav att "
    "kontakten oftast togs av klusterledningen.",
    Table(
        "Tabell 6: Vad företagen söker hos andra företag år 2023, flera svar (n=21)",
        ("Antal", "Andel"),
        (
            ("Nya kunder", "12", "57 %"),
            ("Nya leverantörer", "9", "48 %"),
            ("Utbildad personal", "5", "24 %"),
            ("Gemensamma inköp", "7", "33 %"),
        ),
    ),
    "Mer än hälften söker alltså nya kunder hos andra företag, och en tredjedel vill ordna "
    "gemensamma inköp. Utbildad personal söks av 5 av 21.",
    Heading("3.2 Hållbarhet", 2),
    "Sedan starten har föreningen haft som mål att bidra till en hållbar utveckling. Företagen "
    "har därför fått ange om deltagandet har haft betydelse för jämställdhet, mångfald och miljö.",
    Table(
        "Tabell 7: Deltagandets bidrag till en hållbar utveckling",
        ("2021\n(n=20)", "2022\n(n=19)", "2023\n(n=18)"),
        (
            ("Ökad jämställdhet", "0 %", "21 %", "11 %"),
            ("Ökad mångfald", "0 %", "5 %", "11 %"),
            ("Ökat miljöarbete", "0 %", "16 %", "33 %"),
        ),
    ),
    "År 2023 uppger en tredjedel att deltagandet har bidragit till ökat miljöarbete. För ökad "
    "mångfald är andelen 17 procent. Ökad jämställdhet uppges av 11 procent år 2023, mot 21 "
    "procent år 2022. Av de svarande företagen uppger 41 procent att de hade velat delta i fler "
    "studieresor.",
    "Sedan den senaste mätningen har ökat miljöarbete gått från noll till 33 procent.",
    Heading("4 Motiv och resultat"),
    "I samtalen med processledaren återkommer bilden av att företagen går med av ett skäl och får "
    "ut något annat. Fler har sagt att bättre rekrytering har varit ett resultat (38 procent) "
    "än att det var ett motiv för att gå med (21 procent).",
    "Det som företagen saknar är framför allt tid. De minsta av dem har ingen som kan vara borta en "
    "hel dag.",
    Heading("5 Slutsatser"),
    "Trälyftet har funnits i elva år och är väl känt bland företagen i trakten. Samarbetet med "
    "högskolan har kommit längst: 81 procent av de svarande företagen uppger år 2023 ökat "
    "FoU-samarbete med högskola/forskningsinstitut. Föreningen bör nu pröva hur exporten kan "
    "stödjas, och hur de mindre företagen kan få tid att vara med.",
    "Svaren säger vad företagen själva uppger. De visar inte vad som hade hänt utan Trälyftet, och "
    "föreningen planerar därför en jämförelse med liknande företag i andra län.",
)


def as_text() -> str:
    """The report as the text layer of a PDF: wrapped, with running heads and page numbers."""
    lines: list[str] = []
    for part in CONTENT:
        block = list(_lines(part))
        page, at = divmod(len(lines), PAGE)
        if at and at + len(block) > PAGE:
            while len(lines) % PAGE:
                lines.append("")
            lines[-2:] = [f"{page + 1}", RUNNING_HEAD]
            lines.append("")
        lines += [*block, ""]
    return "\n".join(lines).rstrip() + "\n"


def _lines(part: str | Heading | Table) -> Iterator[str]:
    if isinstance(part, str):
        yield from textwrap.wrap(part, WIDTH, break_on_hyphens=False)
    elif isinstance(part, Heading):
        yield part.text
    else:
        yield from textwrap.wrap(part.caption, WIDTH)
        yield ""
        heads = [head.split("\n") for head in part.heads]
        for depth in range(max(map(len, heads))):
            yield "  " + " ".join(head[depth] for head in heads if len(head) > depth)
            yield ""
        for label, *values in part.rows:
            *torn, last = label.split("|")
            yield from torn
            yield " ".join([last.strip(), *values])
            yield ""


def as_word(path: Path) -> None:
    """The same report as a .docx, with tables that are tables."""
    import docx

    document: Any = docx.Document()
    for part in CONTENT:
        if isinstance(part, str):
            document.add_paragraph(part)
        elif isinstance(part, Heading):
            document.add_heading(part.text, part.level)
        else:
            document.add_paragraph(part.caption, style="Caption")
            table = document.add_table(rows=1, cols=len(part.heads) + 1)
            for cell, head in zip(table.rows[0].cells[1:], part.heads, strict=True):
                cell.text = head
            for label, *values in part.rows:
                texts = [label.replace("|", ""), *values]
                for cell, text in zip(table.add_row().cells, texts, strict=True):
                    cell.text = text
    document.save(path)


if __name__ == "__main__":
    Path(__file__).with_name("report.txt").write_text(as_text(), encoding="utf-8")
