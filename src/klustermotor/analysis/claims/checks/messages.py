"""What the proofreader says, in the language of the text."""

from klustermotor.analysis.claims.cells import TableCell
from klustermotor.analysis.claims.numbers import NBSP, number

_UNITS = {
    "percent": {"sv": "procent", "nb": "prosent", "en": "percent"},
    "points": {"sv": "procentenheter", "nb": "prosentpoeng", "en": "percentage points"},
}

_TEXTS: dict[str, tuple[str, str, str]] = {
    "or": (" eller ", " eller ", " or "),
    "impossible": (
        "{cell} är omöjligt: inget helt antal av n = {n} ger den andelen, hur den än avrundas.",
        "{cell} er umulig: ikke noe helt antall av n = {n} gir den andelen, uansett avrunding.",
        "{cell} is impossible: no whole number out of n = {n} gives that share, however rounded.",
    ),
    "nearest_n": (
        "Närmast skulle n = {n} göra den möjlig.",
        "Nærmest ville n = {n} gjøre den mulig.",
        "The nearest n that would make it possible is {n}.",
    ),
    "nearest_n_column": (
        "Med n = {n} vore alla {k} andelar i {table} möjliga.",
        "Med n = {n} ville alle {k} andelene i {table} være mulige.",
        "With n = {n} all {k} shares of {table} would be possible.",
    ),
    "nearest_n_all": (
        "Närmast skulle n = {n} göra dem möjliga.",
        "Nærmest ville n = {n} gjøre dem mulige.",
        "The nearest n that would make them possible is {n}.",
    ),
    "not_together": (
        "{table}: {parts} är möjliga var för sig men inte tillsammans: inga hela antal av "
        "n = {n} ger alla andelarna och blir n, hur de än avrundas.",
        "{table}: {parts} er mulige hver for seg, men ikke sammen: ingen hele antall av n = {n} "
        "gir alle andelene og blir n, uansett avrunding.",
        "{table}: {parts} are possible one by one but not together: no whole numbers out of "
        "n = {n} give all the shares and make n, however rounded.",
    ),
    "cut_together": (
        "{table}: {parts} blir en helhet för n = {n} bara om alla decimaler har kapats i stället "
        "för avrundats.",
        "{table}: {parts} blir en helhet for n = {n} bare hvis alle desimaler er kuttet i stedet "
        "for avrundet.",
        "{table}: {parts} make a whole for n = {n} only if all decimals were cut rather than "
        "rounded.",
    ),
    "cut_together_refuted": (
        "{table}: {parts} blir en helhet för n = {n} bara om alla decimaler har kapats, men "
        "{other} är avrundat.",
        "{table}: {parts} blir en helhet for n = {n} bare hvis alle desimaler er kuttet, men "
        "{other} er avrundet.",
        "{table}: {parts} make a whole for n = {n} only if all decimals were cut, but {other} is "
        "rounded.",
    ),
    "not_together_right": (
        "Räkna om andelarna från antalen.",
        "Regn ut andelene på nytt fra antallene.",
        "Work the shares out again from the counts.",
    ),
    "beside_count": (
        "{cell} stämmer inte med antalet bredvid: {count} av n = {n} är {right}.",
        "{cell} stemmer ikke med antallet ved siden av: {count} av n = {n} er {right}.",
        "{cell} does not agree with the count beside it: {count} out of n = {n} is {right}.",
    ),
    "two_roundings": (
        "{table} är avrundad på två sätt: {up} är möjligt bara om halva avrundas uppåt, {even} "
        "bara om halva avrundas till jämn siffra.",
        "{table} er avrundet på to måter: {up} er mulig bare hvis halve rundes opp, {even} bare "
        "hvis halve rundes til partall.",
        "{table} is rounded in two ways: {up} is possible only if halves are rounded up, {even} "
        "only if halves are rounded to even.",
    ),
    "unused_n": (
        "{table}: n ska vara {n}, men ingen av de {k} andelarna kan bygga på n = {unused}.",
        "{table}: n skal være {n}, men ingen av de {k} andelene kan bygge på n = {unused}.",
        "{table}: n is said to be {n}, but none of the {k} shares can rest on n = {unused}.",
    ),
    "only_cut": (
        "{cell} är möjligt för n = {n} bara om decimalerna har kapats i stället för avrundats.",
        "{cell} er mulig for n = {n} bare hvis desimalene er kuttet i stedet for avrundet.",
        "{cell} is possible for n = {n} only if the decimals were cut rather than rounded.",
    ),
    "only_cut_refuted": (
        "{cell} är möjligt för n = {n} bara om decimalerna har kapats, men {other} är avrundat.",
        "{cell} er mulig for n = {n} bare hvis desimalene er kuttet, men {other} er avrundet.",
        "{cell} is possible for n = {n} only if the decimals were cut, but {other} is rounded.",
    ),
    "column_sum": (
        "{table}: andelarna av samma total blir {parts} = {total}, inte 100 procent, "
        "mer än avrundning kan förklara.",
        "{table}: andelene av samme total blir {parts} = {total}, ikke 100 prosent, "
        "mer enn avrunding kan forklare.",
        "{table}: the shares of one total make {parts} = {total}, not 100 percent, more "
        "than rounding can explain.",
    ),
    "column_missing": (
        "Ange den del som saknas, till exempel vet ej eller ej svar.",
        "Oppgi den delen som mangler, for eksempel vet ikke eller ubesvart.",
        "State the part that is missing, for instance don't know or no answer.",
    ),
    "column_over": (
        "Kontrollera andelarna, eller skriv att flera svar fick anges.",
        "Kontroller andelene, eller skriv at flere svar var mulig.",
        "Check the shares, or say that several answers were allowed.",
    ),
    "overfull": (
        "{item}: {parts} = {total} är fler än de {n} som svarade på frågan med ett svar var.",
        "{item}: {parts} = {total} er flere enn de {n} som svarte på spørsmålet med ett svar hver.",
        "{item}: {parts} = {total} is more than the {n} who gave one answer each.",
    ),
    "not_a_share": (
        "{cell} är ingen möjlig andel.",
        "{cell} er ingen mulig andel.",
        "{cell} is no possible share.",
    ),
    "wrong_n": (
        "”{words}” stämmer inte med tabellen: {cell} bygger på n = {n}.",
        "«{words}» stemmer ikke med tabellen: {cell} bygger på n = {n}.",
        "“{words}” does not agree with the table: {cell} rests on n = {n}.",
    ),
    "wrong_figure": (
        "”{words}” stämmer inte med tabellen, som har {cell}.",
        "«{words}» stemmer ikke med tabellen, som har {cell}.",
        "“{words}” does not agree with the table, which has {cell}.",
    ),
    "stale": (
        "”{words}” gäller en annan mätning: {other}. Här är det {cell}.",
        "«{words}» gjelder en annen måling: {other}. Her er det {cell}.",
        "“{words}” is of another wave: {other}. Here it is {cell}.",
    ),
    "stale_word": (
        "”{words}” passar en annan mätning: {other}. Här är det {cell}.",
        "«{words}» passer en annen måling: {other}. Her er det {cell}.",
        "“{words}” fits another wave: {other}. Here it is {cell}.",
    ),
    "reference_wave": (
        "”{words}” är inte den mätning som texten jämför med, utan {other}; den hade {cell}.",
        "«{words}» er ikke fra målingen som teksten sammenligner med, men {other}; den hadde "
        "{cell}.",
        "“{words}” is not of the wave that the text compares with but {other}; that wave had "
        "{cell}.",
    ),
    "quantity_word": (
        "”{words}” passar inte: tabellen har {cell}.",
        "«{words}» passer ikke: tabellen har {cell}.",
        "“{words}” does not fit: the table has {cell}.",
    ),
    "not_in_table": (
        "”{words}” finns inte i någon tabell.",
        "«{words}» finnes ikke i noen tabell.",
        "“{words}” is in no table.",
    ),
    "rate": (
        "”{of}” är {share}, inte ”{words}”.",
        "«{of}» er {share}, ikke «{words}».",
        "“{of}” is {share}, not “{words}”.",
    ),
    "wrong_direction": (
        "”{words}” säger motsatsen till tabellen: {before} mot {after}.",
        "«{words}» sier det motsatte av tabellen: {before} mot {after}.",
        "“{words}” says the opposite of the table: {before} against {after}.",
    ),
    "direction_inside": (
        "”{words}” säger motsatsen till siffrorna i meningen: från {before} till {after}.",
        "«{words}» sier det motsatte av tallene i setningen: fra {before} til {after}.",
        "“{words}” says the opposite of the sentence's own figures: from {before} to {after}.",
    ),
    "not_constant": (
        "”{words}” stämmer inte: {before} mot {after}.",
        "«{words}» stemmer ikke: {before} mot {after}.",
        "“{words}” does not hold: {before} against {after}.",
    ),
    "not_every_wave": (
        "”{words}” stämmer inte för alla mätningar: {before} mot {after}.",
        "«{words}» stemmer ikke for alle målingene: {before} mot {after}.",
        "“{words}” does not hold for every wave: {before} against {after}.",
    ),
    "noise": (
        "”{words}” är ingen statistiskt säkerställd förändring: {before} mot {after} ryms inom "
        "den statistiska osäkerheten (p = {p}).",
        "«{words}» er ingen statistisk sikker endring: {before} mot {after} ligger innenfor den "
        "statistiske usikkerheten (p = {p}).",
        "“{words}” is no statistically certain change: {before} against {after} is within what "
        "chance allows (p = {p}).",
    ),
    "noise_right": (
        "ingen statistiskt säkerställd förändring",
        "ingen statistisk sikker endring",
        "no statistically certain change",
    ),
    "wrong_difference": (
        "Skillnaden mellan {before} och {after} är {right}, inte ”{words}”.",
        "Forskjellen mellom {before} og {after} er {right}, ikke «{words}».",
        "The difference between {before} and {after} is {right}, not “{words}”.",
    ),
    "percent_for_points": (
        "Skillnaden mellan {before} och {after} är {right}; i procent är den {relative}.",
        "Forskjellen mellom {before} og {after} er {right}; i prosent er den {relative}.",
        "The difference between {before} and {after} is {right}; in percent it is {relative}.",
    ),
    "ratio": (
        "”{words}” passar inte: från {before} till {after}.",
        "«{words}» passer ikke: fra {before} til {after}.",
        "“{words}” does not fit: from {before} to {after}.",
    ),
    "superlative": (
        "”{words}” stämmer inte: {top} kommer före {cell}.",
        "«{words}» stemmer ikke: {top} kommer foran {cell}.",
        "“{words}” does not hold: {top} comes before {cell}.",
    ),
    "tied": (
        "”{words}” delas med {top}, {wave}.",
        "«{words}» deles med {top}, {wave}.",
        "“{words}” is shared with {top}, {wave}.",
    ),
    "effect": (
        "”{words}” påstår en effekt, men ingen jämförelse visar vad som hade hänt annars.",
        "«{words}» hevder en effekt, men ingen sammenligning viser hva som ellers hadde skjedd.",
        "“{words}” claims an effect, but no comparison shows what would have happened otherwise.",
    ),
    "effect_right": (
        "företagen uppger att …",
        "bedriftene oppgir at …",
        "the companies state that …",
    ),
    "incomparable": (
        "Ett motiv och ett resultat jämförs, men de mäts med olika frågor, skalor eller baser.",
        "Et motiv og et resultat sammenlignes, men de måles med ulike spørsmål, skalaer eller "
        "baser.",
        "A motive and a result are compared, but they are measured by different questions, scales "
        "or bases.",
    ),
    "incomparable_right": (
        "Skriv att måtten är olika definierade och inte kan jämföras rakt av.",
        "Skriv at målene er ulikt definert og ikke kan sammenlignes direkte.",
        "Say that the measures are defined differently and cannot be compared directly.",
    ),
    "told_two_ways": (
        "”{words}” här, men ”{other}” på ett annat ställe: {sentence}",
        "«{words}» her, men «{other}» et annet sted: {sentence}",
        "“{words}” here, but “{other}” elsewhere: {sentence}",
    ),
    "compared": (
        "”{words}” stämmer inte: {cell} mot {other}.",
        "«{words}» stemmer ikke: {cell} mot {other}.",
        "“{words}” does not hold: {cell} against {other}.",
    ),
    "told_in_two": (
        "”{words}” och ”{other}” är inte samma andel.",
        "«{words}» og «{other}» er ikke samme andel.",
        "“{words}” and “{other}” are not the same share.",
    ),
    "rest": (
        "Delarna blir {parts} = {total}, inte 100.",
        "Delene blir {parts} = {total}, ikke 100.",
        "The parts make {parts} = {total}, not 100.",
    ),
    "unlike": (
        "{first} och {second} jämförs, men de har olika {difference}.",
        "{first} og {second} sammenlignes, men de har ulik {difference}.",
        "{first} and {second} are compared, but they differ in {difference}.",
    ),
    "differs_unit": ("mått", "måleenhet", "unit"),
    "differs_base": (
        "bas eller antal svarsval",
        "base eller antall svarvalg",
        "base or number of choices",
    ),
    "counts_exceed": (
        "{parts} = {total} är fler än de {n} som svarade.",
        "{parts} = {total} er flere enn de {n} som svarte.",
        "{parts} = {total} is more than the {n} who answered.",
    ),
}
_ORDER = {"sv": 0, "nb": 1, "en": 2}


def say(key: str, language: str, **values: object) -> str:
    """A message in sv, nb or en."""
    return _TEXTS[key][_ORDER[language]].format(**values)


def percent(value: float, language: str, decimals: int = 0) -> str:
    """ "43 procent" """
    return f"{number(value, language, decimals)}{NBSP}{_UNITS['percent'][language]}"


def points(value: float, language: str, decimals: int = 0) -> str:
    """ "8 procentenheter"; singular where the language has one."""
    unit = _UNITS["points"][language]
    if abs(value) == 1:
        unit = {"sv": "procentenhet", "en": "percentage point"}.get(language, unit)
    return f"{number(value, language, decimals)}{NBSP}{unit}"


def figure(cell: TableCell, language: str, value: float | None = None) -> str:
    """A cell's value (or another in its unit) as the language writes it."""
    number_shown = cell.value if value is None else value
    decimals = cell.decimals if cell.decimals is not None else 1
    if cell.unit == "percent":
        return percent(number_shown, language, decimals)
    if cell.unit == "points":
        return points(number_shown, language, decimals)
    return number(number_shown, language, decimals)


def shown(cell: TableCell, language: str, name: str = "") -> str:
    """ "34 procent (Tabell 30: Lägre kostnader, 2008)" """
    where = ", ".join(part for part in (name or cell.name, cell.wave) if part)
    return f"{figure(cell, language)} ({cell.table}: {where})"
