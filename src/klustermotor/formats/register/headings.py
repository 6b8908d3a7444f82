"""What the columns of register data are called, in sv, nb and en, and in the public registers."""

from collections.abc import Mapping

Words = Mapping[str, tuple[str, ...]]


def words(text: str) -> tuple[str, ...]:
    """Wordings that stand one after the other with bars between."""
    return tuple(word.strip() for word in text.split("|"))


ORGANISATION: Words = {
    "key": words(
        "id | kundnummer | kundnr | kundenummer | kundenr | customer number | external id | "
        "medlemsnummer | medlemsnr | member number | nyckel | nøkkel | key | löpnummer | "
        "företagsid | bedriftsid | company id | organisation id"
    ),
    "number": words(
        "organisationsnummer | organisationsnr | orgnr | org nr | org.nr | org.nummer | org "
        "nummer | organisasjonsnummer | organisasjonsnr | orgnummer | organisation number | "
        "organization number | company number | registration number | vat | vat number | "
        "momsregistreringsnummer | momsnummer | mva nummer | org no | number | nummer | "
        "peorgnr | organisationsidentitet | person organisationsnummer"
    ),
    "name": words(
        "namn | navn | name | företag | företagsnamn | bedrift | bedriftsnavn | foretak | "
        "foretaksnavn | firma | firmanavn | company | company name | organisation | "
        "organisationsnamn | organisasjon | organisasjonsnavn | organisation name | "
        "organization | organization name | foretagsnamn | bolag | bolagsnamn | firmanamn"
    ),
    "country": words("land | country | landkod | landkode | country code"),
    "kind": words(
        "typ | type | kind | aktörstyp | aktørtype | organisationstyp | organisasjonstype | "
        "slag | sektor | sector"
    ),
    "legal_form": words(
        "juridisk form | bolagsform | organisationsform | organisasjonsform | selskapsform | "
        "legal form | företagsform | jurform | jurform kod"
    ),
    "municipality": words(
        "kommun | kommune | municipality | kommunkod | kommunenummer | kommunenr | kommunnr | "
        "municipality code | kommunnamn | kommunenavn | säteskommun | säteskommun kod | "
        "kommun kod | kommun, kod"
    ),
    "street": words(
        "adress | adresse | address | gatuadress | gateadresse | street | street address | "
        "gata | gate | besöksadress | besøksadresse | visiting address | postadress | "
        "forretningsadresse | utdelningsadress | postadresse"
    ),
    "postcode": words(
        "postnummer | postnr | post nr | postal code | postcode | zip | zip code | zipcode"
    ),
    "city": words("ort | postort | poststed | sted | city | town | postal town | stad | by"),
    "latitude": words("latitud | latitude | breddegrad | breddgrad | lat"),
    "longitude": words("longitud | longitude | lengdegrad | längdgrad | lon | lng | long"),
    "size": words(
        "storlek | storleksklass | størrelse | størrelsesklasse | size | size class | stkl | "
        "stkl kod | storleksklass kod"
    ),
    "website": words(
        "webb | webbplats | webbadress | hemsida | hjemmeside | nettsted | nettside | website "
        "| web | www | url | web page | homepage | webbsida"
    ),
    "email": words(
        "e-post | epost | e-postadress | epostadress | mejl | mail | e-mail | email | "
        "e-postadresse | epostadresse | mailadress | email address"
    ),
    "phone": words(
        "telefon | telefonnummer | tel | tlf | phone | telephone | telefonnr | mobil | mobile "
        "| phone number | mobiltelefon"
    ),
    "description": words(
        "beskrivning | beskrivelse | description | verksamhet | virksomhet | activity | "
        "verksamhetsbeskrivning | virksomhetsbeskrivelse | what it does | om företaget"
    ),
    "parent": words(
        "moderbolag | moderföretag | morselskap | parent | parent company | parent number | "
        "moderbolagets organisationsnummer | koncernmoder | konsernmor | overordnet enhet"
    ),
    "started": words(
        "registrerad | registreringsdatum | registrert | registreringsdato | registered | "
        "registration date | startdatum | stiftet | grundat | bildat | started | founded | "
        "stiftelsesdato | regdatktid | registered on"
    ),
    "ended": words(
        "avregistrerad | avregistreringsdatum | avslutad | slettet | slettedato | upphörd | "
        "ended | avregistrert | opphørt | deregistered | ended on | slutdatum"
    ),
    "industries": words(
        "bransch | branschkod | sni | sni-kod | sni kod | snikod | sni 2007 | sni2007 | sni "
        "2025 | sni2025 | näringsgren | näringsgrenskod | bransje | bransjekode | nace | "
        "nace-kode | næring | næringskode | naeringskode | industry | industry code | "
        "industries | ng1 | bransch 1 | bransch1 | huvudbransch | main industry | bransch_1 "
        "kod | bransch_1, kod"
    ),
    "industries2": words(
        "ng2 | bransch 2 | bransch2 | industry 2 | næringskode 2 | sni 2 | bransch_2 kod"
    ),
    "industries3": words(
        "ng3 | bransch 3 | bransch3 | industry 3 | næringskode 3 | sni 3 | bransch_3 kod"
    ),
    "former_names": words(
        "tidigare namn | tidigare företagsnamn | tidligere navn | former name | former names "
        "| earlier names | fd namn | f.d. namn | previous name"
    ),
    "trade_names": words(
        "bifirma | särskilt företagsnamn | handelsnamn | markedsnavn | trades as | trade name "
        "| trade names | kallas | varumärke"
    ),
    "tags": words("taggar | etiketter | märken | tags | stikkord | nyckelord | keywords"),
    "chain": words(
        "värdekedja | verdikjede | value chain | position i värdekedjan | posisjon i "
        "verdikjeden | value chain position"
    ),
    "year": words("år | year | bokslutsår | regnskapsår | räkenskapsår | fiscal year"),
    "employees": words(
        "anställda | antal anställda | ansatte | antall ansatte | employees | number of "
        "employees | årsanställda | årsverk | årsarbetskraft | full-time equivalents"
    ),
    "turnover": words(
        "omsättning | nettoomsättning | omsetning | driftsinntekter | turnover | revenue | sales"
    ),
    "value_added": words("förädlingsvärde | bearbeidingsverdi | verdiskaping | value added"),
    "export_share": words("exportandel | eksportandel | export share"),
    "research": words(
        "fou | fou-utgifter | forskning och utveckling | forskning og utvikling | r&d | "
        "research and development"
    ),
}

ESTABLISHMENT: Words = {
    "number": words(
        "cfar | cfar-nummer | cfarnr | cfarnummer | cfar nummer | arbetsställenummer | "
        "arbetsställe nr | underenhet | establishment number"
    ),
    "organisation_number": ORGANISATION["number"] + words("overordnetenhet"),
    "organisation_name": words(
        "företagsnamn | foretagsnamn | företag | company | company name | organisation"
    ),
    "name": words(
        "benämning | arbetsställe | arbetsställets namn | name | namn | navn | establishment "
        "| arbetsställenamn"
    ),
    "street": ORGANISATION["street"] + words("besöksadress gata | beliggenhetsadresse"),
    "postcode": ORGANISATION["postcode"] + words("besöksadress postnr"),
    "city": ORGANISATION["city"] + words("besöksadress postort"),
    "municipality": ORGANISATION["municipality"]
    + words("belägenhetskommun | belägenhetskommun kod"),
    "latitude": ORGANISATION["latitude"],
    "longitude": ORGANISATION["longitude"],
    "industry": ORGANISATION["industries"],
    "opened": words("startdatum | oppstartsdato | opened | opened on | start | startat"),
    "closed": words("nedlagd | nedlagt | nedleggelsesdato | closed | closed on | slutdatum"),
    "year": ORGANISATION["year"],
    "employees": ORGANISATION["employees"],
}

PERSON: Words = {
    "name": words(
        "namn | navn | name | kontaktperson | kontakt | contact | person | fullständigt namn "
        "| fullt navn | full name | contact person"
    ),
    "first_name": words("förnamn | fornavn | first name | given name"),
    "last_name": words("efternamn | etternavn | last name | surname | family name"),
    "email": ORGANISATION["email"],
    "phone": ORGANISATION["phone"],
    "language": words("språk | language"),
    "organisation_number": ORGANISATION["number"],
    "organisation_name": words(
        "företag | företagsnamn | bedrift | foretak | firma | company | company name | "
        "organisation | organisasjon | organization | arbetsgivare | arbeidsgiver | employer"
    ),
    "title": words(
        "roll | rolle | role | titel | tittel | title | befattning | stilling | position"
    ),
    "since": words("från | fra | from | sedan | since | fr o m"),
    "until": words("till | til | to | until | t o m"),
    "basis": words(
        "rättslig grund | laglig grund | behandlingsgrunnlag | rettslig grunnlag | legal "
        "basis | basis"
    ),
    "purpose": words("ändamål | formål | purpose"),
    "given_on": words(
        "grund från | samtycke datum | samtykke dato | basis from | given on | consent date"
    ),
}

INDUSTRY: Words = {
    "standard": words("standard | version | kodeverk"),
    "code": words("code | kod | kode | sni | sni-kod | sni 2007 | sni 2025 | næringskode | nace"),
    "parent": words("parent | parentcode | överordnad | overordnet | foreldrekode | parent code"),
    "level": words("level | nivå | niva"),
    "sv": words("sv | svenska | benämning | swedish | benämning sv"),
    "nb": words("nb | bokmål | navn | norwegian | name | tekst"),
    "en": words("en | english | engelska | engelsk | benämning en | notes"),
}

CROSSWALK: Words = {
    "old": words(
        "old | från | fra | from | sni 2007 | sni2007 | sn2007 | source | gammal kod | gammel kode"
    ),
    "new": words("new | till | til | to | sni 2025 | sni2025 | sn2025 | target | ny kod | ny kode"),
    "is_partial": words("partial | delvis | del | is partial"),
}
