"""What is said about a faulty input, in three languages: for each kind, problem and remedy."""

from collections.abc import Mapping

from klustermotor.formats.linkage_messages import LINKAGE_MESSAGES
from klustermotor.formats.register_messages import REGISTER_MESSAGES
from klustermotor.formats.table_messages import TABLE_MESSAGES

Wording = Mapping[str, tuple[str, str]]

WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "row": "row",
        "line": "line",
        "column": "column",
        "more": "… and {count} more of this kind",
    },
    "sv": {"row": "rad", "line": "rad", "column": "kolumn", "more": "… och {count} till"},
    "nb": {"row": "rad", "line": "linje", "column": "kolonne", "more": "… og {count} til"},
}

_YAML: Mapping[str, Wording] = {
    "yaml_syntax": {
        "en": ("this is not valid YAML ({reason})", "Check indentation, colons and quotes here"),
        "sv": ("det här är inte giltig YAML ({reason})", "Se över indrag, kolon och citattecken"),
        "nb": ("dette er ikke gyldig YAML ({reason})", "Se over innrykk, kolon og anførselstegn"),
    },
    "yaml_too_large": {
        "en": ("the file is too large or too deep for a questionnaire", "Check its aliases (*)"),
        "sv": ("filen är för stor eller för djup för en enkät", "Se över dess alias (*)"),
        "nb": ("filen er for stor eller for dyp for et spørreskjema", "Se over aliasene (*)"),
    },
    "yaml_key_twice": {
        "en": ("'{value}' is given twice", "Keep one of them"),
        "sv": ("'{value}' står två gånger", "Behåll den ena"),
        "nb": ("'{value}' står to ganger", "Behold den ene"),
    },
    "empty_file": {
        "en": ("the file is empty", "Choose the file that holds the content"),
        "sv": ("filen är tom", "Välj filen som har innehållet"),
        "nb": ("filen er tom", "Velg filen som har innholdet"),
    },
    "no_such_file": {
        "en": ("there is no such file", "Check the path"),
        "sv": ("filen finns inte", "Kontrollera sökvägen"),
        "nb": ("filen finnes ikke", "Kontroller stien"),
    },
    "is_folder": {
        "en": ("this is a folder", "Name the file itself"),
        "sv": ("det här är en mapp", "Ange själva filen"),
        "nb": ("dette er en mappe", "Oppgi selve filen"),
    },
    "unreadable_file": {
        "en": ("the file cannot be read ({reason})", "Save it again, or choose another file"),
        "sv": ("filen går inte att läsa ({reason})", "Spara om den eller välj en annan fil"),
        "nb": ("filen kan ikke leses ({reason})", "Lagre den på nytt, eller velg en annen fil"),
    },
}

_QUESTIONNAIRE: Mapping[str, Wording] = {
    "no_questionnaire": {
        "en": ("there is no such file, nor a shipped questionnaire", "Shipped: {known}"),
        "sv": ("det finns ingen sådan fil, och ingen medföljande enkät", "Medföljande: {known}"),
        "nb": ("det finnes ingen slik fil, og intet medfølgende skjema", "Medfølgende: {known}"),
    },
    "missing_key": {
        "en": ("'{value}' is missing", "Add {value}: …"),
        "sv": ("'{value}' saknas", "Lägg till {value}: …"),
        "nb": ("'{value}' mangler", "Legg til {value}: …"),
    },
    "unknown_key": {
        "en": ("'{value}' is not known here", "Known here: {known}"),
        "sv": ("'{value}' är okänt här", "Här kan stå: {known}"),
        "nb": ("'{value}' er ukjent her", "Her kan det stå: {known}"),
    },
    "not_among": {
        "en": ("'{value}' is not possible here", "Use one of {known}"),
        "sv": ("'{value}' är inte möjligt här", "Använd något av {known}"),
        "nb": ("'{value}' er ikke mulig her", "Bruk en av {known}"),
    },
    "wrong_shape": {
        "en": ("'{value}' is not {wanted}", "Write {example}"),
        "sv": ("'{value}' är inte {wanted}", "Skriv {example}"),
        "nb": ("'{value}' er ikke {wanted}", "Skriv {example}"),
    },
    "bad_id": {
        "en": ("'{value}' cannot be an id", "Use letters a–z, digits, _ and - only"),
        "sv": ("'{value}' kan inte vara ett id", "Använd bara a–z, siffror, _ och -"),
        "nb": ("'{value}' kan ikke være en id", "Bruk bare a–z, sifre, _ og -"),
    },
    "item_gap": {
        "en": ("'{value}' does not say where the item goes", "Write {{item}} in its place"),
        "sv": ("'{value}' säger inte var frågans led ska stå", "Skriv {{item}} på dess plats"),
        "nb": ("'{value}' sier ikke hvor leddet skal stå", "Skriv {{item}} på plassen"),
    },
    "too_few": {
        "en": ("there are too few entries", "Give at least {least}"),
        "sv": ("det är för få poster", "Ange minst {least}"),
        "nb": ("det er for få poster", "Oppgi minst {least}"),
    },
    "given_twice": {
        "en": ("'{value}' is listed twice", "Keep it once"),
        "sv": ("'{value}' står två gånger", "Låt det stå en gång"),
        "nb": ("'{value}' står to ganger", "La det stå én gang"),
    },
    "duplicate_id": {
        "en": ("the id '{value}' is taken by line {first}", "Choose another id"),
        "sv": ("id:t '{value}' används redan på rad {first}", "Välj ett annat id"),
        "nb": ("id-en '{value}' er brukt på linje {first}", "Velg en annen id"),
    },
    "missing_language": {
        "en": (
            "the text is missing in {missing}, which the title has",
            "Add {missing}, or take the language out of the title",
        ),
        "sv": (
            "texten saknas på {missing}, som titeln har",
            "Lägg till {missing} eller ta bort språket ur titeln",
        ),
        "nb": (
            "teksten mangler på {missing}, som tittelen har",
            "Legg til {missing}, eller ta språket ut av tittelen",
        ),
    },
    "unknown_scale": {
        "en": ("there is no scale '{value}'", "Use one of {known}, or define it under scales"),
        "sv": ("det finns ingen skala '{value}'", "Använd {known}, eller lägg till den i scales"),
        "nb": ("det finnes ingen skala '{value}'", "Bruk {known}, eller legg den til i scales"),
    },
    "scale_needed": {
        "en": ("a block of type {type} needs a scale", "Add scale: with one of {known}"),
        "sv": ("ett block av typen {type} behöver en skala", "Lägg till scale: med {known}"),
        "nb": ("en blokk av typen {type} trenger en skala", "Legg til scale: med {known}"),
    },
    "scale_unwanted": {
        "en": ("a block of type {type} has no scale", "Remove scale, or change the type"),
        "sv": ("ett block av typen {type} har ingen skala", "Ta bort scale eller ändra typen"),
        "nb": ("en blokk av typen {type} har ingen skala", "Fjern scale, eller endre typen"),
    },
    "scale_not_ordinal": {
        "en": (
            "the scale '{value}' is nominal, and a block of type {type} has means",
            "Use an ordinal scale, or type: single",
        ),
        "sv": (
            "skalan '{value}' är nominal, och ett block av typen {type} har medelvärden",
            "Använd en ordinal skala, eller type: single",
        ),
        "nb": (
            "skalaen '{value}' er nominal, og en blokk av typen {type} har gjennomsnitt",
            "Bruk en ordinal skala, eller type: single",
        ),
    },
    "scale_not_yes_no": {
        "en": ("the scale '{value}' lacks the codes yes and no", "Add them, or use type: single"),
        "sv": ("skalan '{value}' saknar koderna yes och no", "Lägg till dem, eller type: single"),
        "nb": ("skalaen '{value}' mangler kodene yes og no", "Legg dem til, eller type: single"),
    },
    "code_not_number": {
        "en": (
            "the code '{value}' of an ordinal scale is not a number, so it has no mean",
            "Number the codes 1, 2, 3 …, or make the scale nominal",
        ),
        "sv": (
            "koden '{value}' i en ordinal skala är inget tal och har inget medelvärde",
            "Numrera koderna 1, 2, 3 …, eller gör skalan nominal",
        ),
        "nb": (
            "koden '{value}' i en ordinal skala er ikke et tall og har ikke gjennomsnitt",
            "Nummerer kodene 1, 2, 3 …, eller gjør skalaen nominal",
        ),
    },
    "code_outside_scale": {
        "en": ("'{value}' is not a code of the scale {scale}", "Use one of {known}"),
        "sv": ("'{value}' är ingen kod i skalan {scale}", "Använd någon av {known}"),
        "nb": ("'{value}' er ingen kode i skalaen {scale}", "Bruk en av {known}"),
    },
    "only_dont_know": {
        "en": ("fewer than two codes of the scale are answers", "Add codes beside dont_know"),
        "sv": ("färre än två av skalans koder är svar", "Lägg till koder vid sidan av dont_know"),
        "nb": ("færre enn to av skalaens koder er svar", "Legg til koder ved siden av dont_know"),
    },
    "delivers_nowhere": {
        "en": ("'{value}' is no block or block.item of this questionnaire", "Use {known}"),
        "sv": ("'{value}' är inget block eller block.item i enkäten", "Använd {known}"),
        "nb": ("'{value}' er ingen blokk eller block.item i skjemaet", "Bruk {known}"),
    },
    "delivers_no_pair": {
        "en": ("no item of '{value}' has an id that this block has", "Name one: block.item"),
        "sv": ("inget item i '{value}' har ett id som blocket har", "Nämn ett: block.item"),
        "nb": ("intet ledd i '{value}' har en id som blokken har", "Nevn ett: block.item"),
    },
    "bad_condition": {
        "en": (
            "the condition cannot be read at character {position} ({reason})",
            "Write it like background.active != 'no'",
        ),
        "sv": (
            "villkoret går inte att läsa vid tecken {position} ({reason})",
            "Skriv som background.active != 'no'",
        ),
        "nb": (
            "vilkåret kan ikke leses ved tegn {position} ({reason})",
            "Skriv som background.active != 'no'",
        ),
    },
    "condition_column": {
        "en": ("the condition asks for '{value}', which no earlier block has", "Use {known}"),
        "sv": ("villkoret frågar efter '{value}', som inget tidigare block har", "Använd {known}"),
        "nb": ("vilkåret spør etter '{value}', som ingen tidligere blokk har", "Bruk {known}"),
    },
    "condition_text": {
        "en": ("the condition compares the free text '{value}'", "Ask for a coded answer"),
        "sv": ("villkoret jämför fritexten '{value}'", "Fråga efter ett kodat svar"),
        "nb": ("vilkåret sammenligner friteksten '{value}'", "Spør etter et kodet svar"),
    },
}

MESSAGES: Mapping[str, Wording] = {
    **_YAML,
    **_QUESTIONNAIRE,
    **TABLE_MESSAGES,
    **LINKAGE_MESSAGES,
    **REGISTER_MESSAGES,
}
