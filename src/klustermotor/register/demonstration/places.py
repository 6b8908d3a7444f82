"""Where the demonstration's companies are, and what they do there."""

from dataclasses import dataclass


@dataclass(frozen=True)
class DemoRegion:
    """A region: how many companies, in which municipalities, in which divisions, how often."""

    name: str
    country: str
    companies: int
    municipalities: dict[str, int]
    divisions: dict[str, int]
    clusters: dict[str, dict[str, str]]
    """Per cluster, which division stands where in its value chain."""
    university: str
    region_body: str


STEEL = {"24": "upstream", "25": "midstream", "28": "downstream", "71": "downstream"}
WOOD = {"02": "upstream", "16": "midstream", "31": "downstream"}
VISITORS = {"79": "upstream", "55": "midstream", "56": "midstream", "93": "downstream"}
DIGITAL = {"61": "upstream", "62": "midstream", "63": "downstream"}
LOGISTICS = {"46": "upstream", "52": "midstream", "49": "downstream"}

DALARNA = DemoRegion(
    "Dalarna", "SE", 150,
    {"2080": 26, "2081": 24, "2062": 14, "2085": 13, "2084": 12, "2061": 9, "2026": 8, "2029": 9,
     "2031": 8, "2034": 6, "2039": 7, "2021": 4, "2023": 7, "2082": 5, "2083": 6},
    {"24": 9, "25": 26, "28": 14, "27": 5, "71": 8, "62": 10, "16": 10, "02": 4, "31": 4, "10": 7,
     "43": 12, "49": 8, "55": 8, "56": 7, "93": 4, "47": 8, "46": 6, "70": 5, "33": 6},
    {"Stål och verkstad": STEEL, "Trä": WOOD, "Besöksnäring": VISITORS},
    "Exempelhögskolan Dalarna", "Exempelregionen Dalarna",
)  # fmt: skip
JAMTLAND = DemoRegion(
    "Jämtland", "SE", 80,
    {"2380": 30, "2321": 14, "2361": 9, "2326": 7, "2313": 7, "2309": 6, "2305": 6, "2303": 4},
    {"55": 13, "56": 9, "79": 6, "93": 9, "16": 7, "02": 7, "10": 7, "35": 4, "62": 8, "43": 7,
     "49": 5, "25": 4, "47": 6, "72": 2, "74": 3},
    {"Besöksnäring": VISITORS, "Trä": WOOD, "Digitalt": DIGITAL},
    "Exempeluniversitetet i Östersund", "Exempelregionen Jämtland",
)  # fmt: skip
OREBRO = DemoRegion(
    "Örebro", "SE", 95,
    {"1880": 38, "1883": 13, "1881": 8, "1861": 7, "1882": 5, "1862": 5, "1884": 4, "1885": 6,
     "1863": 4, "1860": 3, "1864": 3, "1814": 4},
    {"28": 9, "25": 11, "24": 3, "46": 9, "49": 9, "52": 6, "62": 10, "71": 7, "10": 5, "43": 9,
     "47": 8, "70": 5, "17": 3, "56": 5, "22": 3, "61": 1},
    {"Stål och verkstad": STEEL, "Logistik": LOGISTICS, "Digitalt": DIGITAL},
    "Exempeluniversitetet i Örebro", "Exempelregionen Örebro",
)  # fmt: skip
GUDBRANDSDAL = DemoRegion(
    "Gudbrandsdalen", "NO", 75,
    {"3405": 30, "3441": 8, "3440": 8, "3439": 6, "3436": 6, "3437": 5, "3438": 3, "3435": 3,
     "3431": 3, "3434": 2, "3432": 2, "3433": 2},
    {"62": 16, "63": 3, "61": 2, "55": 9, "56": 6, "93": 6, "79": 4, "16": 7, "02": 4, "10": 5,
     "43": 8, "47": 5, "73": 3, "59": 3},
    {"IKT": DIGITAL, "Reiseliv": VISITORS, "Tre": WOOD},
    "Eksempelhøgskolen i Lillehammer", "Eksempelfylkeskommunen",
)  # fmt: skip
REGIONS = (DALARNA, JAMTLAND, OREBRO, GUDBRANDSDAL)

TOWNS = {
    "SE-2080": ("Falun", 60.6036, 15.626),
    "SE-2081": ("Borlänge", 60.4858, 15.4371),
    "SE-2062": ("Mora", 61.007, 14.5432),
    "SE-2085": ("Ludvika", 60.1496, 15.1878),
    "SE-2084": ("Avesta", 60.1427, 16.1629),
    "SE-2061": ("Smedjebacken", 60.1418, 15.4142),
    "SE-2026": ("Gagnef", 60.5986, 15.0775),
    "SE-2029": ("Leksand", 60.7303, 14.9999),
    "SE-2031": ("Rättvik", 60.8863, 15.1179),
    "SE-2034": ("Orsa", 61.1203, 14.6155),
    "SE-2039": ("Älvdalen", 61.2277, 14.0394),
    "SE-2021": ("Vansbro", 60.5089, 14.2246),
    "SE-2023": ("Malung", 60.6833, 13.7154),
    "SE-2082": ("Säter", 60.3478, 15.7505),
    "SE-2083": ("Hedemora", 60.2797, 15.9886),
    "SE-2380": ("Östersund", 63.1792, 14.6357),
    "SE-2321": ("Järpen", 63.3462, 13.4657),
    "SE-2361": ("Sveg", 62.0341, 14.3658),
    "SE-2326": ("Svenstavik", 62.7667, 14.4353),
    "SE-2313": ("Strömsund", 63.8521, 15.5558),
    "SE-2309": ("Krokom", 63.3259, 14.4488),
    "SE-2305": ("Bräcke", 62.7507, 15.4219),
    "SE-2303": ("Hammarstrand", 63.1104, 16.3538),
    "SE-1880": ("Örebro", 59.2741, 15.2066),
    "SE-1883": ("Karlskoga", 59.3267, 14.5239),
    "SE-1881": ("Kumla", 59.1277, 15.1434),
    "SE-1861": ("Hallsberg", 59.0646, 15.1099),
    "SE-1882": ("Askersund", 58.8799, 14.9023),
    "SE-1862": ("Degerfors", 59.238, 14.4308),
    "SE-1884": ("Nora", 59.5193, 15.0398),
    "SE-1885": ("Lindesberg", 59.592, 15.2304),
    "SE-1863": ("Hällefors", 59.7839, 14.522),
    "SE-1860": ("Laxå", 58.9863, 14.619),
    "SE-1864": ("Kopparberg", 59.876, 14.9944),
    "SE-1814": ("Fjugesta", 59.1737, 14.8723),
    "NO-3405": ("Lillehammer", 61.1151, 10.4663),
    "NO-3441": ("Segalstad Bru", 61.2282, 10.2226),
    "NO-3440": ("Tretten", 61.3142, 10.3007),
    "NO-3439": ("Ringebu", 61.5297, 10.1389),
    "NO-3436": ("Vinstra", 61.595, 9.7513),
    "NO-3437": ("Otta", 61.7712, 9.5353),
    "NO-3438": ("Hundorp", 61.5552, 9.9407),
    "NO-3435": ("Vågåmo", 61.8751, 9.0967),
    "NO-3431": ("Dombås", 62.0755, 9.1279),
    "NO-3434": ("Fossbergom", 61.8377, 8.5684),
    "NO-3432": ("Lesja", 62.1184, 8.8642),
    "NO-3433": ("Bismo", 61.8841, 8.2667),
}
"""Town and point of each municipality; places of GeoNames (CC BY 4.0)."""
