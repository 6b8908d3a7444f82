"""What is said about faulty lists of organisations, in three languages."""

from collections.abc import Mapping

LINKAGE_MESSAGES: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "link_key_missing": {
        "en": (
            "there is no column that tells the rows apart",
            "Add a column id or {key}; found: {known}",
        ),
        "sv": (
            "ingen kolumn skiljer raderna åt",
            "Lägg till en kolumn id eller {key}; hittade: {known}",
        ),
        "nb": (
            "ingen kolonne skiller radene fra hverandre",
            "Legg til en kolonne id eller {key}; fant: {known}",
        ),
    },
    "link_name_missing": {
        "en": ("the column 'name' is missing", "Call the column of names name; found: {known}"),
        "sv": ("kolumnen 'name' saknas", "Kalla kolumnen med namn name; hittade: {known}"),
        "nb": ("kolonnen 'name' mangler", "Kall kolonnen med navn name; fant: {known}"),
    },
    "link_key_empty": {
        "en": ("the key is empty", "Give the row a key of its own"),
        "sv": ("nyckeln är tom", "Ge raden en egen nyckel"),
        "nb": ("nøkkelen er tom", "Gi raden en egen nøkkel"),
    },
    "link_name_empty": {
        "en": ("the name is empty", "Fill in the name, or take the row out"),
        "sv": ("namnet är tomt", "Fyll i namnet eller ta bort raden"),
        "nb": ("navnet er tomt", "Fyll inn navnet, eller fjern raden"),
    },
    "link_key_twice": {
        "en": ("'{value}' stands in row {first} too", "Give each row a key of its own"),
        "sv": ("'{value}' står också i rad {first}", "Ge varje rad en egen nyckel"),
        "nb": ("'{value}' står også i rad {first}", "Gi hver rad en egen nøkkel"),
    },
    "link_pair_column": {
        "en": ("the column '{value}' is missing", "Pairs are left_id,right_id; found: {known}"),
        "sv": ("kolumnen '{value}' saknas", "Par skrivs left_id,right_id; hittade: {known}"),
        "nb": ("kolonnen '{value}' mangler", "Par skrives left_id,right_id; fant: {known}"),
    },
    "link_pair_unknown": {
        "en": ("'{value}' is no key of {of}", "Use the keys of the two lists"),
        "sv": ("'{value}' är ingen nyckel i {of}", "Använd de två listornas nycklar"),
        "nb": ("'{value}' er ingen nøkkel i {of}", "Bruk nøklene i de to listene"),
    },
}
