"""What the demonstration's companies and people are called: invented, put together from parts."""

SWEDISH_BEGINNINGS = (
    "Tal", "Rim", "Havr", "Skor", "Ljun", "Brant", "Vider", "Kvarn", "Melk", "Ulv", "Tran",
    "Brok", "Hyl", "Djur", "Spel", "Ask", "Dalk", "Älv", "Ås", "Östr",
)  # fmt: skip
SWEDISH_ENDS = ("hult", "vik", "åsen", "näs", "tuna", "sele", "mora", "berga", "fors", "lund")
NORWEGIAN_BEGINNINGS = (
    "Tjø", "Rind", "Haver", "Skol", "Lyng", "Bratt", "Vier", "Kvern", "Mjølk", "Ulv", "Trane",
    "Brøt", "Hyll", "Spæl", "Ask",
)  # fmt: skip
NORWEGIAN_ENDS = ("vang", "lien", "moen", "stad", "haugen", "rud", "nes", "fossen")

TRADES = {
    "02": (("Skog", "Skogstjänst"), ("Skog", "Skogdrift")),
    "10": (("Livsmedel", "Gårdsmejeri", "Bageri"), ("Gårdsmat", "Ysteri", "Bakeri")),
    "16": (("Trä", "Såg", "Hyvleri"), ("Trevare", "Sag", "Laft")),
    "17": (("Papper", "Emballage"), ("Papir",)),
    "22": (("Plast", "Gummiteknik"), ("Plast",)),
    "24": (("Stål", "Gjuteri", "Specialstål"), ("Stål",)),
    "25": (("Plåt", "Svets", "Mekaniska", "Verkstad", "Skärteknik"), ("Mekaniske",)),
    "27": (("Elteknik", "Kraftelektronik"), ("Elektro",)),
    "28": (("Maskin", "Hydraulik", "Automation"), ("Maskin",)),
    "31": (("Möbler", "Inredning"), ("Møbler",)),
    "33": (("Industriservice", "Maskinservice"), ("Industriservice",)),
    "35": (("Energi", "Vindkraft"), ("Energi",)),
    "43": (("Bygg", "El & Installation", "Måleri"), ("Bygg", "Elektro", "Maler")),
    "46": (("Handel", "Industrilokaler & Lager"), ("Engros",)),
    "47": (("Butiken", "Järnhandel"), ("Butikk", "Jernvare")),
    "49": (("Åkeri", "Transport"), ("Transport",)),
    "52": (("Logistik", "Terminal"), ("Logistikk",)),
    "55": (("Hotell", "Fjällstugor", "Camping"), ("Hotell", "Fjellstue", "Camping")),
    "56": (("Restaurang", "Kök & Café"), ("Restaurant", "Kafé")),
    "59": (("Film",), ("Film", "Lyd & Bilde")),
    "61": (("Bredband",), ("Bredbånd",)),
    "62": (("Data", "Systemutveckling", "Mjukvara", "IT"), ("Data", "Programvare", "IKT")),
    "63": (("Datahall",), ("Datasenter", "Hosting")),
    "70": (("Affärsutveckling", "Ledarskap"), ("Rådgivning",)),
    "71": (("Ingenjörer", "Konstruktion", "Provning"), ("Ingeniør",)),
    "72": (("Forskning",), ("Forskning",)),
    "73": (("Reklam",), ("Reklame", "Merkevare")),
    "74": (("Design", "Foto"), ("Design",)),
    "79": (("Äventyr", "Resor"), ("Opplevelser", "Reiser")),
    "93": (("Skidanläggning", "Fritid"), ("Alpin", "Fritid")),
}
"""By division: words of trades in Swedish and in Norwegian."""

FIRST_NAMES = {
    "SE": (
        "Anna", "Erik", "Karin", "Lars", "Maria", "Johan", "Sara", "Anders", "Eva", "Mikael",
        "Åsa", "Per", "Lena", "Fredrik", "Amina", "Björn", "Leila", "Göran", "Ida", "Olle",
    ),
    "NO": (
        "Ingrid", "Ole", "Kari", "Knut", "Silje", "Magnus", "Solveig", "Øystein", "Marit", "Lars",
        "Astrid", "Bjørn", "Hanne", "Sindre", "Fatima", "Åse",
    ),
}  # fmt: skip
LAST_NAMES = {
    "SE": tuple(
        f"{first}{last}"
        for first in ("Tall", "Rim", "Havr", "Skog", "Ljung", "Vide", "Älv", "Ås", "Sten")
        for last in ("hult", "ström", "gren", "mark", "vall")
    ),
    "NO": tuple(
        f"{first}{last}"
        for first in ("Tjøn", "Rind", "Haver", "Lyng", "Bratt", "Vier", "Kvern", "Ås")
        for last in ("vang", "moen", "rud", "haug")
    ),
}
ROLES = {
    "SE": ("vd", "platschef", "säljchef"),
    "NO": ("daglig leder", "avdelingsleder", "salgssjef"),
}
STREETS = {
    "SE": ("Industrivägen", "Verkstadsgatan", "Hantverkargatan", "Stationsgatan", "Storgatan"),
    "NO": ("Industrivegen", "Verkstedvegen", "Næringsvegen", "Storgata", "Jernbanegata"),
}
DESCRIPTION = {
    "SE": "Påhittat företag i demonstrationen. {title}.",
    "NO": "Oppdiktet bedrift i demonstrasjonen. {title}.",
}
BODY = {
    "SE": "Påhittad organisation i demonstrationen.",
    "NO": "Oppdiktet organisasjon i demonstrasjonen.",
}
