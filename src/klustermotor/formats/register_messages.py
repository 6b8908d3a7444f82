"""What is said about faulty register data, in three languages: problem and remedy of each kind."""

from collections.abc import Mapping

from klustermotor.formats.table_messages import TABLE_MESSAGES

REGISTER_MESSAGES: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "register_format": {
        "en": ("this kind of file cannot be read ({value})", "Save it as .xlsx or .csv"),
        "sv": ("den här sortens fil går inte att läsa ({value})", "Spara den som .xlsx eller .csv"),
        "nb": ("denne typen fil kan ikke leses ({value})", "Lagre den som .xlsx eller .csv"),
    },
    "register_no_rows": {
        "en": ("the file has no rows to load", "Choose the file that holds the rows"),
        "sv": ("filen har inga rader att läsa in", "Välj filen som har raderna"),
        "nb": ("filen har ingen rader å laste inn", "Velg filen som har radene"),
    },
    "register_columns": {
        "en": (
            "no column was recognised as {in_english}",
            "Give the columns headings such as {in_english} or {wanted}, or say what they are",
        ),
        "sv": (
            "ingen kolumn känns igen som {wanted}",
            "Ge kolumnerna rubriker som {wanted} eller {in_english}, eller ange vad de är",
        ),
        "nb": (
            "ingen kolonne kjennes igjen som {wanted}",
            "Gi kolonnene overskrifter som {wanted} eller {in_english}, eller angi hva de er",
        ),
    },
    "columns_swapped": {
        "en": (
            "the columns '{first}' and '{second}' have changed places: the numbers stand under "
            "'{first}'",
            "They were read by what they hold; check that it is right",
        ),
        "sv": (
            "kolumnerna '{first}' och '{second}' har bytt plats: numren står under '{first}'",
            "De har lästs efter sitt innehåll; kontrollera att det stämmer",
        ),
        "nb": (
            "kolonnene '{first}' og '{second}' har byttet plass: numrene står under '{first}'",
            "De er lest etter innholdet; kontroller at det stemmer",
        ),
    },
    "number_check_digit": {
        "en": (
            "'{value}' is no organisation number: its check digit does not fit",
            "Correct the number; a digit is probably wrong or two have changed places",
        ),
        "sv": (
            "'{value}' är inget organisationsnummer: kontrollsiffran stämmer inte",
            "Rätta numret; troligen är en siffra fel eller två omkastade",
        ),
        "nb": (
            "'{value}' er ikke et organisasjonsnummer: kontrollsifferet stemmer ikke",
            "Rett nummeret; trolig er et siffer feil eller to byttet om",
        ),
    },
    "number_length": {
        "en": (
            "'{value}' has the wrong number of digits for an organisation number",
            "Write ten digits in Sweden (556036-0793), nine in Norway (923 609 016)",
        ),
        "sv": (
            "'{value}' har fel antal siffror för ett organisationsnummer",
            "Skriv tio siffror i Sverige (556036-0793), nio i Norge (923 609 016)",
        ),
        "nb": (
            "'{value}' har feil antall sifre for et organisasjonsnummer",
            "Skriv ti sifre i Sverige (556036-0793), ni i Norge (923 609 016)",
        ),
    },
    "number_letters": {
        "en": ("'{value}' is no organisation number", "Write digits only, as 556036-0793"),
        "sv": ("'{value}' är inget organisationsnummer", "Skriv bara siffror, som 556036-0793"),
        "nb": ("'{value}' er ikke et organisasjonsnummer", "Skriv bare sifre, som 923 609 016"),
    },
    "number_shortened": {
        "en": (
            "a spreadsheet has shortened the number to '{value}', so its last digits are lost",
            "Format the column as text and fill it in again",
        ),
        "sv": (
            "ett kalkylprogram har kortat numret till '{value}'; de sista siffrorna är borta",
            "Formatera kolumnen som text och fyll i den igen",
        ),
        "nb": (
            "et regneark har kortet nummeret til '{value}', så de siste sifrene er borte",
            "Formater kolonnen som tekst og fyll den ut på nytt",
        ),
    },
    "number_of_person": {
        "en": (
            "the number belongs to a person: a sole trader",
            "It is kept as personal data and left out of exports",
        ),
        "sv": (
            "numret tillhör en person: en enskild firma",
            "Det behandlas som personuppgift och lämnas utanför exporter",
        ),
        "nb": (
            "nummeret tilhører en person: et enkeltpersonforetak",
            "Det behandles som personopplysning og utelates fra eksporter",
        ),
    },
    "name_missing": {
        "en": ("the row has no name", "Write the name"),
        "sv": ("raden saknar namn", "Skriv namnet"),
        "nb": ("raden mangler navn", "Skriv navnet"),
    },
    "too_long": {
        "en": ("the text is {found} characters and may be {most}", "Shorten it"),
        "sv": ("texten är {found} tecken och får vara {most}", "Korta den"),
        "nb": ("teksten er {found} tegn og kan være {most}", "Kort den ned"),
    },
    "wrong_date": {
        "en": ("'{value}' is no date", "Write it as 2024-05-31"),
        "sv": ("'{value}' är inget datum", "Skriv det som 2024-05-31"),
        "nb": ("'{value}' er ikke en dato", "Skriv den som 2024-05-31"),
    },
    "dates_reversed": {
        "en": ("it ends {value}, before it begins {first}", "Correct one of the two dates"),
        "sv": ("slutet {value} ligger före början {first}", "Rätta ett av datumen"),
        "nb": ("slutten {value} ligger før begynnelsen {first}", "Rett en av datoene"),
    },
    "wrong_figure_in_register": {
        "en": ("'{value}' is no number", "Write a number such as 12.5 or 12,5"),
        "sv": ("'{value}' är inget tal", "Skriv ett tal som 12,5"),
        "nb": ("'{value}' er ikke et tall", "Skriv et tall som 12,5"),
    },
    "negative": {
        "en": ("'{value}' is below zero", "Write nought or more"),
        "sv": ("'{value}' är mindre än noll", "Skriv noll eller mer"),
        "nb": ("'{value}' er mindre enn null", "Skriv null eller mer"),
    },
    "out_of_range": {
        "en": ("'{value}' is outside {low} to {high}", "Correct the value"),
        "sv": ("'{value}' ligger utanför {low} till {high}", "Rätta värdet"),
        "nb": ("'{value}' ligger utenfor {low} til {high}", "Rett verdien"),
    },
    "unknown_municipality": {
        "en": (
            "'{value}' is no municipality that is known here",
            "Write its name or its code, as Falun or 2080; Municipal boundaries adds more",
        ),
        "sv": (
            "'{value}' är ingen kommun som är känd här",
            "Skriv namn eller kod, som Falun eller 2080; Kommungränser lägger till fler",
        ),
        "nb": (
            "'{value}' er ingen kommune som er kjent her",
            "Skriv navn eller nummer, som Skien eller 4003; Kommunegrenser legger til flere",
        ),
    },
    "municipality_left_out": {
        "en": (
            "the municipality '{value}' is not known here and was left out",
            "Load the municipalities (Municipal boundaries), then this file again",
        ),
        "sv": (
            "kommunen '{value}' är inte känd här och har lämnats utanför",
            "Läs in kommunerna (Kommungränser) och sedan den här filen igen",
        ),
        "nb": (
            "kommunen '{value}' er ikke kjent her og er utelatt",
            "Last inn kommunene (Kommunegrenser) og deretter denne filen på nytt",
        ),
    },
    "unknown_industry": {
        "en": (
            "'{value}' is no code of {standard}",
            "Write a code such as 24.100, or load the full list (Industries)",
        ),
        "sv": (
            "'{value}' är ingen kod i {standard}",
            "Skriv en kod som 24.100, eller läs in hela listan (Branscher)",
        ),
        "nb": (
            "'{value}' er ingen kode i {standard}",
            "Skriv en kode som 24.100, eller last inn hele listen (Næringer)",
        ),
    },
    "wrong_email": {
        "en": ("'{value}' is no e-mail address", "Write it as name@example.org"),
        "sv": ("'{value}' är ingen e-postadress", "Skriv den som namn@example.org"),
        "nb": ("'{value}' er ingen e-postadresse", "Skriv den som navn@example.org"),
    },
    "email_left_out": {
        "en": ("'{value}' is no e-mail address and was left out", "Correct it at the source"),
        "sv": ("'{value}' är ingen e-postadress och har lämnats utanför", "Rätta den i källan"),
        "nb": ("'{value}' er ingen e-postadresse og er utelatt", "Rett den i kilden"),
    },
    "wrong_website": {
        "en": ("'{value}' is no web address", "Write it as https://www.example.org"),
        "sv": ("'{value}' är ingen webbadress", "Skriv den som https://www.example.org"),
        "nb": ("'{value}' er ingen nettadresse", "Skriv den som https://www.example.org"),
    },
    "website_left_out": {
        "en": ("'{value}' is no web address and was left out", "Correct it at the source"),
        "sv": ("'{value}' är ingen webbadress och har lämnats utanför", "Rätta den i källan"),
        "nb": ("'{value}' er ingen nettadresse og er utelatt", "Rett den i kilden"),
    },
    "not_one_of": {
        "en": ("'{value}' is none of the values of this column", "Write one of {known}"),
        "sv": ("'{value}' hör inte till kolumnens värden", "Skriv något av {known}"),
        "nb": ("'{value}' hører ikke til kolonnens verdier", "Skriv en av {known}"),
    },
    "formula_not_stored": TABLE_MESSAGES["formula_without_value"],
    "cell_error": {
        "en": ("the cell shows the error {value}", "Mend the formula, or write the value"),
        "sv": ("cellen visar felet {value}", "Laga formeln eller skriv värdet"),
        "nb": ("cellen viser feilen {value}", "Rett formelen eller skriv verdien"),
    },
    "cells_too_many": TABLE_MESSAGES["too_many_cells"],
    "number_twice": {
        "en": (
            "the number {value} stands in row {other} too, with another name ({name})",
            "A number belongs to one company: correct one of the rows",
        ),
        "sv": (
            "numret {value} står också på rad {other}, med ett annat namn ({name})",
            "Ett nummer hör till ett företag: rätta en av raderna",
        ),
        "nb": (
            "nummeret {value} står også i rad {other}, med et annet navn ({name})",
            "Et nummer hører til ett foretak: rett en av radene",
        ),
    },
    "row_twice": {
        "en": (
            "row {other} is about the same ({value}) and says something else",
            "Keep one of the rows",
        ),
        "sv": (
            "rad {other} handlar om detsamma ({value}) och säger något annat",
            "Behåll en av raderna",
        ),
        "nb": (
            "rad {other} handler om det samme ({value}) og sier noe annet",
            "Behold en av radene",
        ),
    },
    "number_taken": {
        "en": (
            "the number {value} belongs to {name} in the register, and this row is about {other}",
            "Correct the number, or merge the two companies first",
        ),
        "sv": (
            "numret {value} hör till {name} i registret, och raden handlar om {other}",
            "Rätta numret eller slå först ihop de två företagen",
        ),
        "nb": (
            "nummeret {value} hører til {name} i registeret, og raden handler om {other}",
            "Rett nummeret, eller slå først sammen de to foretakene",
        ),
    },
    "number_and_name_changed": {
        "en": (
            "the source called {name} ({other}) by this key, and now both number and name differ",
            "If it is the same company, change its number in the register; else give it a new key",
        ),
        "sv": (
            "källan kallade {name} ({other}) så, och nu är både nummer och namn andra",
            "Är det samma företag: ändra numret i registret. Annars: ge det en ny nyckel",
        ),
        "nb": (
            "kilden kalte {name} ({other}) dette, og nå er både nummer og navn andre",
            "Er det samme foretak: endre nummeret i registeret. Ellers: gi det en ny nøkkel",
        ),
    },
    "number_changed": {
        "en": (
            "the company had the number {other} before; it is kept as an earlier number",
            "Check that it is the same company",
        ),
        "sv": (
            "företaget hade numret {other} tidigare; det sparas som tidigare nummer",
            "Kontrollera att det är samma företag",
        ),
        "nb": (
            "foretaket hadde nummeret {other} tidligere; det lagres som tidligere nummer",
            "Kontroller at det er samme foretak",
        ),
    },
    "several_match": {
        "en": (
            "{count} organisations in the register are called {value}, and the row has no number",
            "Write the organisation number",
        ),
        "sv": (
            "{count} organisationer i registret heter {value}, och raden saknar nummer",
            "Skriv organisationsnumret",
        ),
        "nb": (
            "{count} organisasjoner i registeret heter {value}, og raden mangler nummer",
            "Skriv organisasjonsnummeret",
        ),
    },
    "maybe_double": {
        "en": (
            "the register already has {name} ({other}) in the same municipality",
            "Load it if they are two; merge them afterwards if they are one",
        ),
        "sv": (
            "registret har redan {name} ({other}) i samma kommun",
            "Läs in den om de är två; slå ihop dem efteråt om de är en",
        ),
        "nb": (
            "registeret har alt {name} ({other}) i samme kommune",
            "Last den inn hvis de er to; slå dem sammen etterpå hvis de er én",
        ),
    },
    "no_organisation": {
        "en": (
            "there is no organisation {value} in the register",
            "Load the organisations first, or correct the number or the name",
        ),
        "sv": (
            "organisationen {value} finns inte i registret",
            "Läs in organisationerna först, eller rätta numret eller namnet",
        ),
        "nb": (
            "organisasjonen {value} finnes ikke i registeret",
            "Last inn organisasjonene først, eller rett nummeret eller navnet",
        ),
    },
    "organisation_missing": {
        "en": ("the row names no organisation", "Write its number or its name"),
        "sv": ("raden anger ingen organisation", "Skriv dess nummer eller namn"),
        "nb": ("raden oppgir ingen organisasjon", "Skriv nummeret eller navnet"),
    },
    "parent_left_out": {
        "en": (
            "the parent {value} is neither in the register nor in the file and was left out",
            "Load it, then this file again",
        ),
        "sv": (
            "moderföretaget {value} finns varken i registret eller i filen och har lämnats utanför",
            "Läs in det och sedan den här filen igen",
        ),
        "nb": (
            "morselskapet {value} finnes verken i registeret eller i filen og er utelatt",
            "Last det inn og deretter denne filen på nytt",
        ),
    },
    "basis_missing": {
        "en": (
            "the row does not say by what right the person is kept",
            "Add a column with the legal basis, or give it for the whole file (basis=…)",
        ),
        "sv": (
            "raden anger ingen rättslig grund för att ha personen i registret",
            "Lägg till en kolumn med rättslig grund, eller ange den för hela filen (basis=…)",
        ),
        "nb": (
            "raden oppgir ikke behandlingsgrunnlag for personen",
            "Legg til en kolonne med behandlingsgrunnlag, eller oppgi det for hele filen (basis=…)",
        ),
    },
    "consent_without_text": {
        "en": (
            "there is no text of consent for the purpose '{value}'",
            "Write down first what people agreed to, or give another legal basis",
        ),
        "sv": (
            "det finns ingen samtyckestext för ändamålet '{value}'",
            "Skriv först ned vad personerna har samtyckt till, eller ange en annan rättslig grund",
        ),
        "nb": (
            "det finnes ingen samtykketekst for formålet '{value}'",
            "Skriv først ned hva personene har samtykket til, eller oppgi et annet grunnlag",
        ),
    },
    "wrong_json": {
        "en": ("the file is no JSON that can be read here ({reason})", "Fetch it again"),
        "sv": ("filen är ingen JSON som går att läsa här ({reason})", "Hämta den igen"),
        "nb": ("filen er ingen JSON som kan leses her ({reason})", "Hent den på nytt"),
    },
    "no_geometry": {
        "en": ("the boundary is no polygon", "Give a GeoJSON file of polygons in WGS 84"),
        "sv": ("gränsen är ingen polygon", "Ange en GeoJSON-fil med polygoner i WGS 84"),
        "nb": ("grensen er ikke et polygon", "Oppgi en GeoJSON-fil med polygoner i WGS 84"),
    },
    "not_degrees": {
        "en": (
            "the boundary is not given in degrees ({value})",
            "Convert the file to WGS 84 (EPSG:4326)",
        ),
        "sv": ("gränsen anges inte i grader ({value})", "Räkna om filen till WGS 84 (EPSG:4326)"),
        "nb": (
            "grensen er ikke oppgitt i grader ({value})",
            "Regn om filen til WGS 84 (EPSG:4326)",
        ),
    },
    "code_missing": {
        "en": ("the row has no code", "Write the code"),
        "sv": ("raden saknar kod", "Skriv koden"),
        "nb": ("raden mangler kode", "Skriv koden"),
    },
    "many_missing": {
        "en": (
            "{value} of {total} that came with '{scope}' before are missing here ({share} %)",
            "Check that the file is whole; --force ends them all the same",
        ),
        "sv": (
            "{value} av {total} som förut kom med '{scope}' saknas här ({share} %)",
            "Kontrollera att filen är hel; --force avslutar dem ändå",
        ),
        "nb": (
            "{value} av {total} som før kom med '{scope}', mangler i filen ({share} %)",
            "Kontroller at filen er hel; --force avslutter dem likevel",
        ),
    },
    "load_option": {
        "en": ("there is no '{value}' here", "Use one of {known}"),
        "sv": ("'{value}' finns inte här", "Använd något av {known}"),
        "nb": ("'{value}' finnes ikke her", "Bruk en av {known}"),
    },
}
