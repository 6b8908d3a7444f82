"""Wordings by which a column of answers is recognised, in sv, nb and en.

Each scale runs from least to most; what a code is called in the three languages stands together.
"""

from collections.abc import Mapping

Label = tuple[str, str, str]

SCALES: Mapping[str, tuple[Label, ...]] = {
    "extent": (
        ("inte alls", "ikke i det hele tatt", "not at all"),
        ("i liten grad", "i liten grad", "to a small extent"),
        ("i viss grad", "i noen grad", "to some extent"),
        ("i stor grad", "i stor grad", "to a great extent"),
        ("i mycket stor grad", "i svært stor grad", "to a very great extent"),
    ),
    "agreement": (
        ("instämmer inte alls", "helt uenig", "strongly disagree"),
        ("instämmer inte", "uenig", "disagree"),
        ("varken eller", "verken eller", "neither agree nor disagree"),
        ("instämmer", "enig", "agree"),
        ("instämmer helt", "helt enig", "strongly agree"),
    ),
    "satisfaction": (
        ("mycket missnöjd", "svært misfornøyd", "very dissatisfied"),
        ("missnöjd", "misfornøyd", "dissatisfied"),
        ("varken nöjd eller missnöjd", "verken fornøyd eller misfornøyd", "neutral"),
        ("nöjd", "fornøyd", "satisfied"),
        ("mycket nöjd", "svært fornøyd", "very satisfied"),
    ),
    "frequency": (
        ("aldrig", "aldri", "never"),
        ("sällan", "sjelden", "rarely"),
        ("ibland", "av og til", "sometimes"),
        ("ofta", "ofte", "often"),
        ("alltid", "alltid", "always"),
    ),
    "importance": (
        ("inte viktigt", "ikke viktig", "not important"),
        ("mindre viktigt", "mindre viktig", "slightly important"),
        ("ganska viktigt", "ganske viktig", "fairly important"),
        ("viktigt", "viktig", "important"),
        ("mycket viktigt", "svært viktig", "very important"),
    ),
    "quality": (
        ("mycket dåligt", "svært dårlig", "very poor"),
        ("dåligt", "dårlig", "poor"),
        ("varken bra eller dåligt", "verken god eller dårlig", "fair"),
        ("bra", "god", "good"),
        ("mycket bra", "svært god", "very good"),
    ),
}

ALIKE: Mapping[str, str] = {
    "tar helt avstånd": "instämmer inte alls",
    "stämmer inte alls": "instämmer inte alls",
    "stämmer helt": "instämmer helt",
    "i låg grad": "i liten grad",
    "i ganska liten grad": "i liten grad",
    "delvis": "i viss grad",
    "i någon mån": "i viss grad",
    "i hög grad": "i stor grad",
    "i mycket hög grad": "i mycket stor grad",
    "i høy grad": "i stor grad",
    "i svært høy grad": "i svært stor grad",
    "ikke i det hele tatt enig": "helt uenig",
    "verken enig eller uenig": "verken eller",
    "neither": "neither agree nor disagree",
    "to a limited extent": "to a small extent",
    "to a large extent": "to a great extent",
    "to a very large extent": "to a very great extent",
    "neither satisfied nor dissatisfied": "neutral",
    "seldom": "rarely",
    "mycket bra/god": "mycket bra",
}
"""Other wordings of the labels above."""

DONT_KNOW_LABEL: Label = ("vet ej", "vet ikke", "don't know")
DONT_KNOW = frozenset(
    {
        *DONT_KNOW_LABEL,
        "vet inte",
        "vet ej / ingen uppfattning",
        "ingen uppfattning",
        "ingen åsikt",
        "ej relevant",
        "kan inte bedöma",
        "veit ikkje",
        "ikke relevant",
        "ingen mening",
        "har ingen mening",
        "do not know",
        "dont know",
        "no opinion",
        "not applicable",
        "not relevant",
    }
)
DONT_KNOW_CODES = ("8", "9", "88", "98", "99", "999", "-1", "-9", "-99")

YES_WORDS = frozenset({"ja", "yes", "j", "y", "true", "sant"})
NO_WORDS = frozenset({"nej", "nei", "no", "n", "false", "falskt", "usann"})
TICKS = frozenset({"1", "x", "✓", "vald", "valgt", "checked", "selected"})
BLANK_TICKS = frozenset({"0", "ej vald", "ikke valgt", "not selected"})

WAVES = frozenset(
    {"wave", "mätning", "måling", "omgång", "runde", "år", "year", "mätår", "enkätår", "round"}
)
KEYS = frozenset(
    {
        "respondent", "id", "respondent id", "respondentid", "response id", "löpnr", "löpnummer",
        "lopnr", "løpenr", "løpenummer", "nr", "token", "organisationsnummer", "orgnr", "org.nr",
        "organisasjonsnummer", "svarsid", "svar id", "företagsid", "bedriftsid",
    }
)  # fmt: skip
INITIATIVES = frozenset({"initiative", "initiativ", "klusterinitiativ", "klyngeinitiativ"})
BACKGROUND = frozenset(
    {
        "bransch", "bransje", "industry", "sector", "sektor", "näringsgren", "næring", "sni",
        "nace", "storlek", "storleksklass", "størrelse", "size", "antal anställda klass", "kommun",
        "kommune", "municipality", "län", "fylke", "county", "region", "ort", "sted",
    }
)  # fmt: skip
PERSONAL = frozenset(
    {
        "e-post", "epost", "e-mail", "email", "namn", "navn", "name", "telefon", "phone",
        "ip-adress", "ip address", "ipadress", "kontaktperson", "contact", "personnummer",
        "förnamn", "efternamn", "fornavn", "etternavn",
    }
)  # fmt: skip
TECHNICAL = frozenset(
    {
        "submitdate", "startdate", "datestamp", "lastpage", "startlanguage", "seed", "starttid",
        "start time", "completion time", "sluttid", "tidsstämpel", "tidsstempel", "timestamp",
        "slutförandetid", "refurl", "ipaddr", "senast ändrad",
    }
)  # fmt: skip

NOW = frozenset({"now", "nu", "nuläge", "nå", "nåsituasjon", "idag", "i dag", "today", "current"})
WANTED = frozenset(
    {"wanted", "önskat", "önskat läge", "önskad", "önskvärt", "ønsket", "ønsket situasjon",
     "desired", "framtid", "fremtid", "future"}
)  # fmt: skip
