"""A proofread report as an HTML page: text marked in place, each fault and its cell beside it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from itertools import pairwise

from klustermotor.analysis.claims.cells import Fault, TableCell
from klustermotor.evaluation.proofread_files import Proofed
from klustermotor.formats.fault_words import KIND_NAMES, WORDS, heading, proposal
from klustermotor.formats.report_text import Block, Grid, Spot
from klustermotor.report.html import style
from klustermotor.report.language import number

SEVERITIES = ("error", "warning", "note")
OF_A_COLUMN = ("column_sum", "counts_exceed_n")
"""Faults of a whole column, which stand at its first figure but are not of that figure."""
_PAGE: Mapping[str, Mapping[str, str]] = {
    "sv": {
        "title": "Korrekturläst mot tabellerna: {name}",
        "none": "Inget att anmärka. Texten är kontrollerad mot {cells} siffror.",
        "some": "{faults} att se över. Texten är kontrollerad mot {cells} siffror.",
        "error": "{n} fel",
        "warning": "{n} varning|{n} varningar",
        "note": "{n} anmärkning|{n} anmärkningar",
        "tables": "Om tabellerna",
        "table": "Tabell",
        "item": "Rad",
        "wave": "Mätning",
        "value": "Värde",
        "skip": "Till texten",
        "back": "Till stället i texten",
        "beside": "Anmärkning {numbers}",
    },
    "nb": {
        "title": "Korrekturlest mot tabellene: {name}",
        "none": "Ingenting å bemerke. Teksten er kontrollert mot {cells} tall.",
        "some": "{faults} å se på. Teksten er kontrollert mot {cells} tall.",
        "error": "{n} feil",
        "warning": "{n} advarsel|{n} advarsler",
        "note": "{n} merknad|{n} merknader",
        "tables": "Om tabellene",
        "table": "Tabell",
        "item": "Rad",
        "wave": "Måling",
        "value": "Verdi",
        "skip": "Til teksten",
        "back": "Til stedet i teksten",
        "beside": "Merknad {numbers}",
    },
    "en": {
        "title": "Proofread against the tables: {name}",
        "none": "Nothing to remark. The text was checked against {cells} figures.",
        "some": "{faults} to look at. The text was checked against {cells} figures.",
        "error": "{n} error|{n} errors",
        "warning": "{n} warning|{n} warnings",
        "note": "{n} note|{n} notes",
        "tables": "About the tables",
        "table": "Table",
        "item": "Row",
        "wave": "Wave",
        "value": "Value",
        "skip": "Skip to the text",
        "back": "To the place in the text",
        "beside": "Remark {numbers}",
    },
}
_STYLE = """
body.report{max-width:72rem}
.proof{display:grid;grid-template-columns:minmax(0,42rem) minmax(15rem,1fr);gap:0 2.5rem}
.proof>div{grid-column:1;min-width:0}.proof>aside{grid-column:2;font-size:.9rem;line-height:1.45}
.proof h2{border:0;padding:0;margin:2rem 0 .25rem;font-size:1.25rem}.proof p{margin:.5rem 0}
.proof .report-table{margin-top:.25rem}
.proof .small{color:var(--r-muted);font-size:.9rem}
.proof mark{background:var(--r-shade);color:inherit;text-decoration-line:underline;
text-decoration-thickness:2px;text-underline-offset:.2em;text-decoration-skip-ink:none}
.error mark,mark.error{text-decoration-style:wavy;text-decoration-color:var(--r-signal)}
mark.warning{text-decoration-style:dashed;text-decoration-color:var(--r-signal)}
mark.note{text-decoration-style:dotted;text-decoration-color:var(--r-accent)}
.proof sup a{text-decoration:none;font-weight:600;padding:0 .15em}
.fault{border-left:4px solid var(--r-accent);background:var(--r-shade);padding:.6rem .8rem;
margin:.5rem 0}
.fault.error,.fault.warning{border-color:var(--r-signal)}.fault.warning{border-left-style:dashed}
.fault.note{border-left-style:dotted}
.fault p{margin:.2rem 0}.fault .kind{color:var(--r-muted);font-size:.85rem}
.fault .right{font-weight:600}.fault dl{display:grid;grid-template-columns:max-content 1fr;
gap:.1rem .75rem;margin:.5rem 0 0;font-size:.85rem}.fault dt{color:var(--r-muted)}
.fault dd{margin:0;font-variant-numeric:tabular-nums}
.fault:target,mark:target{outline:3px solid var(--r-accent);outline-offset:2px}
@media(max-width:52rem){.proof{display:block}.proof>aside{margin-left:1rem}
.proof .report-table th,.proof .report-table td{padding:.4rem .3rem}
.proof .report-table tbody th{min-width:7rem}.proof .report-table table{font-size:.85rem}}
"""

Numbered = tuple[int, Fault, Spot]


def page_of(proofed: Proofed) -> str:
    """The page, without any outer file."""
    language = proofed.language
    words = _PAGE[language]
    title = words["title"].format(name=proofed.report.name)
    placed: defaultdict[int, list[Numbered]] = defaultdict(list)
    loose: list[tuple[int, Fault]] = []
    for place, (fault, spot) in enumerate(proofed.placed, 1):
        if spot is None:
            loose.append((place, fault))
        else:
            placed[spot.block].append((place, fault, spot))
    body = "".join(
        _passage(block, placed[at], language) for at, block in enumerate(proofed.report.blocks)
    )
    if loose:
        cards = "".join(_card(place, fault, language, linked=False) for place, fault in loose)
        body += f"<div><h2>{words['tables']}</h2>{cards}</div>"
    return (
        f'<!doctype html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{style()}{_STYLE}</style>\n</head>\n"
        f"<body class='report'>\n<a class='report-skip' href='#text'>{words['skip']}</a>\n"
        f"<header class='report-cover'><h1>{escape(title)}</h1>"
        f"<p class='report-subtitle'>{escape(_counted(proofed))}</p></header>\n"
        f"<main class='proof' id='text'>\n{body}</main>\n</body>\n</html>\n"
    )


def _counted(proofed: Proofed) -> str:
    words = _PAGE[proofed.language]
    cells = number(len(proofed.cells), proofed.language)
    if not proofed.faults:
        return words["none"].format(cells=cells)
    said = []
    for severity in SEVERITIES:
        n = sum(fault.severity == severity for fault in proofed.faults)
        one, _, many = words[severity].partition("|")
        if n:
            said.append((one if n == 1 else many or one).format(n=n))
    return words["some"].format(faults=", ".join(said), cells=cells)


def _passage(block: Block, faults: Sequence[Numbered], language: str) -> str:
    """A block of the text, and beside it what was found in it."""
    cards = "".join(_card(place, fault, language) for place, fault, _spot in faults)
    numbers = ", ".join(str(place) for place, _fault, _spot in faults)
    label = escape(_PAGE[language]["beside"].format(numbers=numbers))
    aside = f"<aside aria-label='{label}'>{cards}</aside>" if cards else ""
    return f"<div>{_block(block, faults)}</div>{aside}\n"


def _block(block: Block, faults: Sequence[Numbered]) -> str:
    if block.grid is not None:
        return _table(block.grid, faults)
    text = _marked(block.text, faults)
    match block.kind:
        case "heading":
            return f"<h2>{text}</h2>"
        case "item":
            return f"<ul><li>{text}</li></ul>"
        case "caption":
            return f"<p><b>{text}</b></p>"
        case "legend":
            return f"<p class='small'>{text}</p>"
        case _:
            return f"<p>{text}</p>"


def _marked(text: str, faults: Sequence[Numbered]) -> str:
    """Text with its faults marked; where several overlap, the gravest is drawn."""
    edges = sorted({0, len(text), *(e for _n, _f, s in faults for e in (s.start, s.end))})
    seen: set[int] = set()
    parts = []
    for start, end in pairwise(edges):
        over = [(n, f) for n, f, s in faults if s.start <= start and end <= s.end]
        piece = escape(text[start:end])
        if over:
            gravest = min((f.severity for _n, f in over), key=SEVERITIES.index)
            new = [n for n, _f in over if n not in seen]
            seen.update(new)
            ids = f" id='at-{new[0]}'" if new else ""
            piece = f"<mark class='{gravest}'{ids}>{piece}</mark>"
        parts.append(piece + "".join(_links(n for n, _f, s in faults if s.end == end > s.start)))
    return "".join(parts)


def _links(places: Iterator[int]) -> Iterator[str]:
    yield from (f"<sup><a href='#fault-{place}'>{place}</a></sup>" for place in places)


def _table(grid: Grid, faults: Sequence[Numbered]) -> str:
    at: defaultdict[tuple[int | None, int], list[Numbered]] = defaultdict(list)
    for numbered in faults:
        at[numbered[2].row, numbered[2].column].append(numbered)
    head = "".join(
        f"<th scope='col' class='{'number' if c else 'text'}'>{escape(text)}</th>"
        if text.strip()
        else "<td></td>"
        for c, text in enumerate((grid.corner, *grid.heads))
    )
    rows = []
    for r, row in enumerate(grid.rows):
        cells = "".join(
            f"<td class='number'>{_cell(text, at.get((r, c), ()))}</td>"
            for c, text in enumerate(row.values)
        )
        rows.append(f"<tr><th scope='row'>{escape(row.label)}</th>{cells}</tr>")
    return (
        "<div class='report-table'><div class='report-scroll' role='group' tabindex='0' "
        f"aria-label='{escape(grid.caption)}'><table><thead><tr>{head}</tr></thead>"
        f"<tbody>{''.join(rows)}</tbody></table></div></div>"
    )


def _cell(text: str, faults: Sequence[Numbered]) -> str:
    if not faults:
        return escape(text)
    gravest = min((fault.severity for _n, fault, _s in faults), key=SEVERITIES.index)
    links = "".join(_links(place for place, _fault, _spot in faults))
    return f"<mark class='{gravest}' id='at-{faults[0][0]}'>{escape(text)}</mark>{links}"


def _card(place: int, fault: Fault, language: str, *, linked: bool = True) -> str:
    """What is wrong, what would be right, and the cell it rests on."""
    words = _PAGE[language]
    right = proposal(fault, language)
    numbered = f"<b>{place}</b>"
    if linked:
        numbered = f"<a href='#at-{place}' title='{words['back']}'>{numbered}</a>"
    kind = escape(KIND_NAMES[fault.kind][language])
    return (
        f"<div class='fault {fault.severity}' id='fault-{place}'>"
        f"<p class='kind'>{numbered} {WORDS[language][fault.severity]}: {kind}</p>"
        f"<p>{escape(heading(fault, language).partition(': ')[2])}</p>"
        f"{f'<p class=right>{escape(right)}</p>' if right else ''}"
        f"{'' if fault.cell is None else _figure(fault, fault.cell, language)}</div>"
    )


def _figure(fault: Fault, cell: TableCell, language: str) -> str:
    words = _PAGE[language]
    unit = {"percent": "\u00a0%", "points": "\u00a0%"}.get(cell.unit, "")
    decimals = 1 if cell.decimals is None else cell.decimals
    about = "" if cell.comparator == "=" else f"{cell.comparator}\u00a0"
    shown = f"{about}{number(cell.value, language, decimals)}{unit}"
    rows = [(words["table"], cell.table), (words["wave"], cell.wave)]
    if fault.kind not in OF_A_COLUMN:
        rows = [rows[0], (words["item"], cell.name), rows[1], (words["value"], shown)]
    if cell.n_min is not None:
        n = str(cell.n_min) if cell.n_min == cell.n_max else f"{cell.n_min}–{cell.n_max}"
        rows.append(("n", n))
    said = "".join(f"<dt>{escape(k)}</dt><dd>{escape(v)}</dd>" for k, v in rows if v)
    return f"<dl>{said}</dl>"
