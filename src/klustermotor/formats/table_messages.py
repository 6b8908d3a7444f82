"""What is said about faulty tables: answers, frames, margins and their options."""

from collections.abc import Mapping

_FILES: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "unknown_format": {
        "en": ("files of type '{value}' cannot be read here", "Use .csv, .xlsx, .sav or .lsa"),
        "sv": ("filer av typen '{value}' går inte att läsa här", "Använd .csv, .xlsx, .sav, .lsa"),
        "nb": ("filer av typen '{value}' kan ikke leses her", "Bruk .csv, .xlsx, .sav eller .lsa"),
    },
    "no_rows": {
        "en": ("the file has headings but no rows", "Choose the file that holds the answers"),
        "sv": ("filen har rubriker men inga rader", "Välj filen som har svaren"),
        "nb": ("filen har overskrifter, men ingen rader", "Velg filen som har svarene"),
    },
    "too_large": {
        "en": (
            "the file is {size} MB unpacked and at most {most} MB can be read",
            "Keep the columns of the questionnaire only, or give one file per wave",
        ),
        "sv": (
            "filen är {size} MB uppackad och högst {most} MB går att läsa",
            "Behåll bara enkätens kolumner, eller ge en fil per mätning",
        ),
        "nb": (
            "filen er {size} MB pakket ut, og høyst {most} MB kan leses",
            "Behold bare skjemaets kolonner, eller gi én fil per måling",
        ),
    },
    "too_many_categories": {
        "en": (
            "the column has {value} different values",
            "A share needs at most {most}; try --mean",
        ),
        "sv": ("kolumnen har {value} olika värden", "En andel kräver högst {most}; pröva --mean"),
        "nb": ("kolonnen har {value} ulike verdier", "En andel krever høyst {most}; prøv --mean"),
    },
    "no_heading": {
        "en": ("the column has values but no heading", "Give it a heading, or empty it"),
        "sv": ("kolumnen har värden men ingen rubrik", "Ge den en rubrik eller töm den"),
        "nb": ("kolonnen har verdier, men ingen overskrift", "Gi den en overskrift eller tøm den"),
    },
    "column_twice": {
        "en": (
            "the heading '{value}' stands over column {first} and again over column {second}",
            "Keep one of them, or give them different headings",
        ),
        "sv": (
            "rubriken '{value}' står över kolumn {first} och igen över kolumn {second}",
            "Behåll den ena eller ge dem olika rubriker",
        ),
        "nb": (
            "overskriften '{value}' står over kolonne {first} og igjen over kolonne {second}",
            "Behold den ene, eller gi dem ulike overskrifter",
        ),
    },
    "too_many_cells": {
        "en": (
            "the row has {found} cells and the heading {wanted}",
            "Put quotes around text that contains the delimiter",
        ),
        "sv": (
            "raden har {found} celler och rubrikraden {wanted}",
            "Sätt citattecken om text som innehåller avgränsaren",
        ),
        "nb": (
            "raden har {found} celler og overskriften {wanted}",
            "Sett anførselstegn rundt tekst som inneholder skilletegnet",
        ),
    },
    "formula_without_value": {
        "en": (
            "the cell has a formula whose value was never stored",
            "Open the file in a spreadsheet program and save it, or replace the formula",
        ),
        "sv": (
            "cellen har en formel vars värde aldrig sparats",
            "Öppna filen i ett kalkylprogram och spara, eller ersätt formeln med värdet",
        ),
        "nb": (
            "cellen har en formel uten lagret verdi",
            "Åpne filen i et regneark og lagre, eller erstatt formelen med verdien",
        ),
    },
}

_ANSWERS: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "unknown_code": {
        "en": ("'{value}' is no answer to this question", "Use one of {known}, or leave it empty"),
        "sv": ("'{value}' är inget svar på frågan", "Använd {known}, eller lämna cellen tom"),
        "nb": ("'{value}' er ikke et svar på spørsmålet", "Bruk {known}, eller la cellen stå tom"),
    },
    "not_a_number": {
        "en": ("'{value}' is not a number", "Write a number such as 12.5 or 12,5"),
        "sv": ("'{value}' är inget tal", "Skriv ett tal som 12,5"),
        "nb": ("'{value}' er ikke et tall", "Skriv et tall som 12,5"),
    },
    "label_contradicts": {
        "en": (
            "the file calls {value} '{label}', which is {right} in the questionnaire",
            "Recode the column, or correct the scale of the questionnaire",
        ),
        "sv": (
            "filen kallar {value} '{label}', vilket är {right} i enkäten",
            "Koda om kolumnen eller rätta enkätens skala",
        ),
        "nb": (
            "filen kaller {value} '{label}', som er {right} i skjemaet",
            "Kod om kolonnen, eller rett skjemaets skala",
        ),
    },
    "column_missing": {
        "en": (
            "the column '{value}' is missing",
            "Add it, name the column that holds it with --columns, or take the item out of the "
            "questionnaire",
        ),
        "sv": (
            "kolumnen '{value}' saknas",
            "Lägg till den, peka ut rätt kolumn med --columns, eller ta bort frågan ur enkäten",
        ),
        "nb": (
            "kolonnen '{value}' mangler",
            "Legg den til, pek ut rett kolonne med --columns, eller ta spørsmålet ut av skjemaet",
        ),
    },
    "option_column": {
        "en": ("there is no column '{value}'", "The file has {known}"),
        "sv": ("det finns ingen kolumn '{value}'", "Filen har {known}"),
        "nb": ("det finnes ingen kolonne '{value}'", "Filen har {known}"),
    },
    "mapping_unknown": {
        "en": ("'{value}' is no column of the questionnaire", "Use one of {known}"),
        "sv": ("'{value}' är ingen kolumn i enkäten", "Använd någon av {known}"),
        "nb": ("'{value}' er ingen kolonne i skjemaet", "Bruk en av {known}"),
    },
    "mapping_shape": {
        "en": ("'{value}' is not the name of a column", "Write one line per column: ours: theirs"),
        "sv": ("'{value}' är inget kolumnnamn", "Skriv en rad per kolumn: vårt: filens"),
        "nb": ("'{value}' er ikke et kolonnenavn", "Skriv én linje per kolonne: vårt: filens"),
    },
    "wave_empty": {
        "en": ("the row has no wave", "Write the wave, such as 2009"),
        "sv": ("raden saknar mätning", "Skriv mätningen, till exempel 2009"),
        "nb": ("raden mangler måling", "Skriv målingen, for eksempel 2009"),
    },
    "wave_unknown": {
        "en": ("the questionnaire asks nothing in wave '{value}'", "Its waves are {known}"),
        "sv": ("enkäten frågar inget i mätningen '{value}'", "Dess mätningar är {known}"),
        "nb": ("skjemaet spør om ingenting i målingen '{value}'", "Målingene er {known}"),
    },
    "not_asked": {
        "en": (
            "'{value}' answers a question that was not asked in wave {wave}",
            "Empty the cell, correct the wave, or name it among the question's waves",
        ),
        "sv": (
            "'{value}' besvarar en fråga som inte ställdes i mätningen {wave}",
            "Töm cellen, rätta mätningen eller ta med den bland frågans mätningar",
        ),
        "nb": (
            "'{value}' besvarer et spørsmål som ikke ble stilt i målingen {wave}",
            "Tøm cellen, rett målingen, eller ta den med blant spørsmålets målinger",
        ),
    },
    "file_without_wave": {
        "en": (
            "one of several files, and no column tells its wave",
            "Name it, such as {example}, or point out the column with --wave-column",
        ),
        "sv": (
            "en av flera filer, och ingen kolumn anger dess mätning",
            "Ange den, till exempel {example}, eller peka ut kolumnen med --wave-column",
        ),
        "nb": (
            "en av flere filer, og ingen kolonne oppgir målingen",
            "Oppgi den, for eksempel {example}, eller pek ut kolonnen med --wave-column",
        ),
    },
    "wave_without_number": {
        "en": (
            "wave '{value}' is not among the waves of {option}",
            "Use one of {known}, or add {value} there",
        ),
        "sv": (
            "mätningen '{value}' finns inte bland dem i {option}",
            "Använd {known}, eller lägg till {value} där",
        ),
        "nb": (
            "målingen '{value}' er ikke blant dem i {option}",
            "Bruk {known}, eller legg til {value} der",
        ),
    },
    "key_empty": {
        "en": ("the row has no respondent", "Write who answered, or leave out --key-column"),
        "sv": ("raden saknar svarande", "Skriv vem som svarat, eller utelämna --key-column"),
        "nb": ("raden mangler respondent", "Skriv hvem som svarte, eller utelat --key-column"),
    },
    "respondent_twice": {
        "en": (
            "respondent '{value}' already answered wave {wave} in row {first}",
            "Keep one of the two rows",
        ),
        "sv": (
            "svarande '{value}' har redan svarat i mätningen {wave} på rad {first}",
            "Behåll en av raderna",
        ),
        "nb": (
            "respondent '{value}' har alt svart i målingen {wave} på rad {first}",
            "Behold en av radene",
        ),
    },
    "respondent_twice_files": {
        "en": (
            "respondent '{value}' already answered wave {wave} in {other}, row {first}",
            "Keep one of the two rows",
        ),
        "sv": (
            "svarande '{value}' har redan svarat i mätningen {wave} i {other}, rad {first}",
            "Behåll en av raderna",
        ),
        "nb": (
            "respondent '{value}' har alt svart i målingen {wave} i {other}, rad {first}",
            "Behold en av radene",
        ),
    },
}

_NUMBERS: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "more_answered_than_invited": {
        "en": (
            "{answered} answered wave {wave} but {value} were invited",
            "Correct the number invited, or remove answers of others",
        ),
        "sv": (
            "{answered} har svarat i mätningen {wave} men {value} var inbjudna",
            "Rätta antalet inbjudna eller ta bort andras svar",
        ),
        "nb": (
            "{answered} har svart i målingen {wave}, men {value} var invitert",
            "Rett antallet inviterte, eller ta bort andres svar",
        ),
    },
    "more_invited_than_population": {
        "en": (
            "{invited} were invited to wave {wave} but the population is {value}",
            "Correct the population or the number invited",
        ),
        "sv": (
            "{invited} var inbjudna till mätningen {wave} men populationen är {value}",
            "Rätta populationen eller antalet inbjudna",
        ),
        "nb": (
            "{invited} var invitert til målingen {wave}, men populasjonen er {value}",
            "Rett populasjonen eller antallet inviterte",
        ),
    },
    "more_answered_than_population": {
        "en": (
            "{answered} answered wave {wave} but the population is {value}",
            "Correct the population, or remove answers of others",
        ),
        "sv": (
            "{answered} har svarat i mätningen {wave} men populationen är {value}",
            "Rätta populationen eller ta bort andras svar",
        ),
        "nb": (
            "{answered} har svart i målingen {wave}, men populasjonen er {value}",
            "Rett populasjonen, eller ta bort andres svar",
        ),
    },
    "sample_above_population": {
        "en": (
            "{answered} rows of this stratum answered but its population is {value}",
            "Give the population count of the stratum in this column",
        ),
        "sv": (
            "{answered} rader i stratumet har svar men dess population är {value}",
            "Ange stratumets antal i populationen i kolumnen",
        ),
        "nb": (
            "{answered} rader i stratumet har svar, men populasjonen er {value}",
            "Oppgi stratumets antall i populasjonen i kolonnen",
        ),
    },
    "not_positive": {
        "en": ("'{value}' is not above zero", "Give a number above zero"),
        "sv": ("'{value}' är inte större än noll", "Ange ett tal större än noll"),
        "nb": ("'{value}' er ikke større enn null", "Oppgi et tall større enn null"),
    },
    "margin_unknown": {
        "en": (
            "'{value}' has answers but no total in {other}",
            "Add a row for it to {other}, or correct the value",
        ),
        "sv": (
            "'{value}' har svar men ingen summa i {other}",
            "Lägg till en rad för värdet i {other} eller rätta värdet",
        ),
        "nb": (
            "'{value}' har svar, men ingen sum i {other}",
            "Legg til en rad for verdien i {other}, eller rett verdien",
        ),
    },
    "margin_empty": {
        "en": ("'{value}' has a total but no answers", "Merge it with a category that has answers"),
        "sv": ("'{value}' har en summa men inga svar", "Slå ihop den med en kategori som har svar"),
        "nb": ("'{value}' har en sum, men ingen svar", "Slå den sammen med en kategori med svar"),
    },
    "margins_disagree": {
        "en": (
            "the totals of {column} sum to {value} and those of {other} to {total}",
            "Both must sum to the same population",
        ),
        "sv": (
            "summorna för {column} blir {value} och de för {other} blir {total}",
            "Båda ska ge samma population",
        ),
        "nb": (
            "summene for {column} blir {value}, og de for {other} blir {total}",
            "Begge skal gi samme populasjon",
        ),
    },
    "totals_heading": {
        "en": ("the file is no table of totals", "Its columns must be {wanted}"),
        "sv": ("filen är ingen tabell med summor", "Kolumnerna ska vara {wanted}"),
        "nb": ("filen er ingen tabell med summer", "Kolonnene skal være {wanted}"),
    },
    "frame_unit_twice": {
        "en": (
            "unit '{value}' is already in wave {wave} in row {first}",
            "Keep one row per invited unit and wave",
        ),
        "sv": (
            "enheten '{value}' finns redan i mätningen {wave} på rad {first}",
            "Behåll en rad per inbjuden enhet och mätning",
        ),
        "nb": (
            "enheten '{value}' finnes alt i målingen {wave} på rad {first}",
            "Behold én rad per invitert enhet og måling",
        ),
    },
    "not_in_frame": {
        "en": (
            "respondent '{value}' is not in the frame of wave {wave}",
            "Add the unit to the frame, or remove the answer",
        ),
        "sv": (
            "svarande '{value}' finns inte i ramen för mätningen {wave}",
            "Lägg till enheten i ramen eller ta bort svaret",
        ),
        "nb": (
            "respondent '{value}' finnes ikke i rammen for målingen {wave}",
            "Legg enheten til i rammen, eller ta bort svaret",
        ),
    },
    "cannot_estimate": {
        "en": ("the estimates cannot be computed ({reason})", "Correct the design options or data"),
        "sv": ("det går inte att skatta ({reason})", "Rätta designen eller uppgifterna"),
        "nb": ("det går ikke an å estimere ({reason})", "Rett designet eller dataene"),
    },
    "bad_archive": {
        "en": ("this is no LimeSurvey archive ({reason})", "Export the survey again as .lsa"),
        "sv": ("det här är inget LimeSurvey-arkiv ({reason})", "Exportera enkäten igen som .lsa"),
        "nb": ("dette er ikke et LimeSurvey-arkiv ({reason})", "Eksporter på nytt som .lsa"),
    },
}

_PROOFREADING: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "text_format": {
        "en": ("a report of type '{value}' cannot be read", "Save it as .docx, .md or .txt"),
        "sv": ("rapporter av typen '{value}' går inte att läsa", "Spara som .docx, .md, .txt"),
        "nb": ("en rapport av typen '{value}' kan ikke leses", "Lagre som .docx, .md eller .txt"),
    },
    "no_text": {
        "en": ("the file is no text", "Save the report as .docx, .md or .txt"),
        "sv": ("filen är ingen text", "Spara rapporten som .docx, .md eller .txt"),
        "nb": ("filen er ingen tekst", "Lagre rapporten som .docx, .md eller .txt"),
    },
    "cells_heading": {
        "en": ("the file lacks the columns {missing}", "The columns must be {wanted}"),
        "sv": ("filen saknar kolumnerna {missing}", "Kolumnerna ska vara {wanted}"),
        "nb": ("filen mangler kolonnene {missing}", "Kolonnene skal være {wanted}"),
    },
    "not_a_count": {
        "en": ("'{value}' is not a number of answers", "Write a whole number, or leave it empty"),
        "sv": ("'{value}' är inget antal svar", "Skriv ett heltal eller lämna rutan tom"),
        "nb": ("'{value}' er ikke et antall svar", "Skriv et heltall eller la feltet stå tomt"),
    },
    "n_range": {
        "en": ("the range of n goes from {value} to {n}", "Give the smaller number as n_min"),
        "sv": ("n går från {value} till {n}", "Ange det mindre talet som n_min"),
        "nb": ("n går fra {value} til {n}", "Oppgi det minste tallet som n_min"),
    },
}

TABLE_MESSAGES: Mapping[str, Mapping[str, tuple[str, str]]] = {
    **_FILES,
    **_ANSWERS,
    **_NUMBERS,
    **_PROOFREADING,
}
