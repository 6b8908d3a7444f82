"""Made-up Nordic companies for measuring the linkage, and how lists spell them wrong.

The rules below were written before the linkage was tuned. All words are our own; places and
streets are made up too. Every figure is drawn by one seeded generator.

The register: name, legal form, number, street, postcode, town, municipality, industry; 12 % of the
companies have had another name, with its dates.

The list (what a project office has): 80 % are in the register, 20 % are not. Each row by chance:
  40 %  has no legal form, 10 % has it spelled out or in another spelling
  30 %  has its letters folded (å ä ö ø æ without marks; a sixth of these as aa, ae, oe)
  25 %  has one typing error in the name (a letter left out, doubled, changed, or two swapped),
   5 %  has two
  30 %  is in capitals
   5 %  has lost a word, 3 % has its words in another order
  10 %  still has a former name: in four of five the register knows it, in one it does not
  70 %  has its street (10 % of those misspelled), 80 % its postcode, 90 % its town, 50 % its
        industry (10 % of those another one)
  12 %  has moved within its town since, 4 % to another town
  none  has its number
"""

from dataclasses import dataclass

import numpy as np
import polars as pl

FIRST_PARTS = [
    "Alm",
    "Björk",
    "Ek",
    "Lind",
    "Asp",
    "Gran",
    "Sten",
    "Berg",
    "Dal",
    "Fors",
    "Ström",
    "Sjö",
    "Å",
    "Strand",
    "Hav",
    "Vik",
    "Holm",
    "Näs",
    "Ås",
    "Moss",
    "Myr",
    "Sand",
    "Malm",
    "Järn",
    "Silver",
    "Guld",
    "Kol",
    "Glas",
    "Rök",
    "Eld",
    "Sol",
    "Måne",
    "Vind",
    "Snö",
    "Is",
    "Frost",
    "Norr",
    "Söder",
    "Öst",
    "Väst",
    "Hög",
    "Låg",
    "Lång",
    "Röd",
    "Blå",
    "Grön",
    "Vit",
    "Svart",
    "Kvarn",
    "Såg",
    "Bro",
    "Väg",
    "Hamn",
    "Torp",
    "Gård",
    "Äng",
    "Hage",
    "Lund",
    "Skog",
    "Ull",
    "Lin",
    "Korn",
    "Råg",
    "Havre",
    "Ört",
    "Lav",
    "Ljung",
    "Rönn",
    "Häll",
    "Klippa",
    "Grus",
    "Ler",
    "Torv",
    "Kalk",
    "Krona",
    "Sköld",
    "Spjut",
    "Fjäll",
    "Fjord",
    "Elv",
    "Foss",
    "Bø",
    "Heim",
    "Rud",
    "Hauk",
    "Ravn",
    "Ulv",
    "Bjørn",
    "Laks",
    "Ørn",
    "Tind",
    "Skar",
    "Nes",
    "Øy",
    "Brekke",
]
LAST_PARTS = [
    "gren",
    "kvist",
    "blad",
    "rot",
    "stam",
    "bäck",
    "ström",
    "fors",
    "dal",
    "berg",
    "hult",
    "vik",
    "näs",
    "sund",
    "holm",
    "strand",
    "ö",
    "sjö",
    "mark",
    "mo",
    "hed",
    "lund",
    "skog",
    "vall",
    "gård",
    "torp",
    "by",
    "bro",
    "kulla",
    "ås",
    "hammar",
    "fält",
    "lid",
    "sta",
    "rud",
    "berget",
    "dalen",
    "åker",
    "land",
    "stad",
    "hus",
    "borg",
    "tun",
    "haug",
    "voll",
    "lia",
    "eid",
    "vær",
    "fjell",
    "sæter",
    "bakk",
    "moen",
    "vann",
    "løkka",
]
SURNAMES = [
    "Andersson",
    "Johansson",
    "Karlsson",
    "Nilsson",
    "Eriksson",
    "Larsson",
    "Olsson",
    "Persson",
    "Svensson",
    "Gustafsson",
    "Pettersson",
    "Jonsson",
    "Jansson",
    "Hansson",
    "Bengtsson",
    "Jönsson",
    "Lindberg",
    "Jakobsson",
    "Magnusson",
    "Lindström",
    "Lindqvist",
    "Lindgren",
    "Axelsson",
    "Berg",
    "Bergström",
    "Lundberg",
    "Lind",
    "Lundgren",
    "Lundqvist",
    "Mattsson",
    "Berglund",
    "Fredriksson",
    "Sandberg",
    "Henriksson",
    "Forsberg",
    "Sjöberg",
    "Wallin",
    "Engström",
    "Eklund",
    "Danielsson",
    "Håkansson",
    "Hansen",
    "Johansen",
    "Olsen",
    "Larsen",
    "Andersen",
    "Pedersen",
    "Nilsen",
    "Kristiansen",
    "Jensen",
    "Karlsen",
    "Johnsen",
    "Pettersen",
    "Eriksen",
    "Berge",
    "Haugen",
    "Hagen",
    "Bakken",
    "Solberg",
    "Strand",
    "Lie",
    "Moen",
    "Dahl",
    "Bråten",
    "Sæther",
    "Øien",
]
TRADES = [
    "Bygg",
    "Byggservice",
    "Måleri",
    "El",
    "Elteknik",
    "Rör",
    "VVS",
    "Plåt",
    "Svets",
    "Mekaniska",
    "Verkstad",
    "Industri",
    "Maskin",
    "Entreprenad",
    "Schakt",
    "Åkeri",
    "Transport",
    "Logistik",
    "Bil",
    "Bilservice",
    "Däck",
    "Skog",
    "Skogstjänst",
    "Trädgård",
    "Lantbruk",
    "Mejeri",
    "Bageri",
    "Konditori",
    "Restaurang",
    "Krog",
    "Café",
    "Hotell",
    "Camping",
    "Turism",
    "Äventyr",
    "Sport",
    "Fritid",
    "Hälsa",
    "Tandvård",
    "Rehab",
    "Friskvård",
    "Frisör",
    "Konsult",
    "Redovisning",
    "Revision",
    "Juridik",
    "Data",
    "IT",
    "Systems",
    "Software",
    "Digital",
    "Media",
    "Reklam",
    "Tryck",
    "Foto",
    "Design",
    "Arkitekter",
    "Fastigheter",
    "Förvaltning",
    "Invest",
    "Holding",
    "Energi",
    "Vind",
    "Vattenkraft",
    "Bioenergi",
    "Miljö",
    "Återvinning",
    "Gjuteri",
    "Stål",
    "Verktyg",
    "Komponenter",
    "Plast",
    "Trä",
    "Snickeri",
    "Möbler",
    "Textil",
    "Kläder",
    "Livsmedel",
    "Fisk",
    "Kött",
    "Bryggeri",
    "Handel",
    "Import",
    "Export",
    "Säkerhet",
    "Städ",
    "Service",
    "Utbildning",
    "Bemanning",
    "Teknik",
    "Automation",
    "Robotics",
    "Medical",
    "Pharma",
    "Rørlegger",
    "Anlegg",
    "Eiendom",
    "Regnskap",
    "Havbruk",
    "Sjømat",
    "Rederi",
    "Maritim",
    "Kraft",
    "Prosjekt",
]
FANTASY_START = [
    "Nov",
    "Vex",
    "Lum",
    "Arc",
    "Zen",
    "Kor",
    "Vel",
    "Ter",
    "Sol",
    "Alt",
    "Pri",
    "Qua",
    "Ori",
    "Fen",
    "Tal",
    "Bri",
    "Cav",
    "Del",
    "Eri",
    "Fal",
    "Gal",
    "Hel",
    "Ino",
    "Jov",
    "Kel",
    "Lyr",
    "Mir",
    "Nex",
    "Opt",
    "Pax",
    "Rho",
    "Sig",
    "Tri",
    "Uni",
    "Ver",
    "Xan",
    "Yri",
    "Zet",
]
FANTASY_MIDDLE = ["", "a", "e", "i", "o", "ti", "ra", "no", "li", "co", "vi", "ma", "ne", "do"]
FANTASY_END = [
    "tec",
    "nova",
    "gen",
    "soft",
    "com",
    "via",
    "mix",
    "lab",
    "flow",
    "grid",
    "wise",
    "core",
    "tron",
    "plex",
    "data",
    "link",
    "form",
    "tek",
    "sys",
    "ware",
]
ENDINGS = ["i Norden", "Sverige", "Norge", "Nordic", "Group", "Partner", "Produktion", "Gruppen"]
STREETS = [
    "Stor",
    "Kyrko",
    "Drottning",
    "Kungs",
    "Järnvägs",
    "Skol",
    "Bruks",
    "Hammar",
    "Verkstads",
    "Industri",
    "Fabriks",
    "Hamn",
    "Sjö",
    "Strand",
    "Skogs",
    "Ängs",
    "Åker",
    "Björk",
    "Lind",
    "Gran",
    "Tall",
    "Rönn",
    "Mossa",
    "Backa",
    "Gruv",
    "Smedje",
    "Kvarn",
    "Såg",
    "Torg",
    "Park",
    "Nygårds",
    "Östra",
    "Västra",
    "Norra",
    "Södra",
    "Elve",
    "Fjord",
    "Havne",
    "Kirke",
    "Stasjons",
    "Dokk",
]
STREET_ENDS = ["gatan", "vägen", "gränd", "allén", "stigen", "veien", "gata"]
FORMS = [("AB", 0.55), ("AS", 0.25), ("HB", 0.06), ("Ek. för.", 0.02), ("ENK", 0.05), ("", 0.07)]
SPELLED = {
    "AB": ["Aktiebolag", "AB (publ)", "A.B."], "AS": ["A/S", "Aksjeselskap"],
    "HB": ["Handelsbolag"], "Ek. för.": ["Ekonomisk förening", "ek för"],
    "ENK": ["Enkeltpersonforetak"], "": [""],
}  # fmt: skip
TOWNS = 320
MARKED = str.maketrans({"å": "a", "ä": "a", "ö": "o", "ø": "o", "æ": "a", "é": "e",
                        "Å": "A", "Ä": "A", "Ö": "O", "Ø": "O", "Æ": "A"})  # fmt: skip
DIGRAPHS = str.maketrans({"å": "aa", "ä": "ae", "ö": "oe", "ø": "oe", "æ": "ae",
                          "Å": "AA", "Ä": "AE", "Ö": "OE", "Ø": "OE", "Æ": "AE"})  # fmt: skip


@dataclass(frozen=True)
class Made:
    """A list, a register, and which row of the one is which of the other."""

    left: pl.DataFrame
    right: pl.DataFrame
    truth: pl.DataFrame


def made(listed: int, registered: int, seed: int) -> Made:
    """A register of ``registered`` companies and a list of ``listed``, as the rules above."""
    maker = _Maker(seed)
    rows = [maker.company(f"r{n}") for n in range(registered)]
    inside = round(0.8 * listed)
    picked = maker.random.permutation(registered)[:inside]
    left, truth = [], []
    for n, place in enumerate(picked):
        left.append(maker.as_listed(rows[place], f"l{n}"))
        truth.append((f"l{n}", rows[place]["id"]))
    left += [maker.as_listed(maker.company("x"), f"l{n}") for n in range(inside, listed)]
    order = maker.random.permutation(listed)
    unlisted = ("form", "unknown_former", "former")
    right = pl.DataFrame([{k: v for k, v in row.items() if k not in unlisted} for row in rows])
    listing = pl.DataFrame([left[n] for n in order], infer_schema_length=None)
    return Made(listing, right, pl.DataFrame(truth, ["left_id", "right_id"], orient="row"))


class _Maker:
    def __init__(self, seed: int) -> None:
        self.random = np.random.default_rng(seed)
        self._drawn = iter(())
        self.towns = [self._town(n) for n in range(TOWNS)]
        weight = 1 / np.arange(1, TOWNS + 1) ** 0.8
        self.shares = np.cumsum(weight / weight.sum())

    def share(self) -> float:
        """The next number between 0 and 1; drawn many at a time."""
        for number in self._drawn:
            return number
        self._drawn = iter(self.random.random(100_000).tolist())
        return next(self._drawn)

    def one_of(self, words):
        return words[int(self.share() * len(words))]

    def _town(self, number: int) -> dict:
        name = f"{self.one_of(FIRST_PARTS)}{self.one_of(LAST_PARTS)}"
        muni = name if number % 3 else f"{self.one_of(FIRST_PARTS)}{self.one_of(LAST_PARTS)}"
        return {"city": name, "municipality": muni, "codes": f"{100 + number * 2}"}

    def a_town(self) -> dict:
        return self.towns[min(int(np.searchsorted(self.shares, self.share())), TOWNS - 1)]

    def bare_name(self, town: dict) -> str:
        kind = self.share()
        trade = self.one_of(TRADES)
        if kind < 0.22:
            name = self.one_of(SURNAMES)
            name = f"{name}s {trade}" if self.share() < 0.7 else f"{name} & Söner {trade}"
        elif kind < 0.30:
            name = f"{self.one_of(SURNAMES)} & {self.one_of(SURNAMES)} {trade}"
        elif kind < 0.42:
            name = f"{town['city']} {trade}"
        elif kind < 0.70:
            name = f"{self.one_of(FIRST_PARTS)}{self.one_of(LAST_PARTS)} {trade}"
        elif kind < 0.92:
            name = self.one_of(FANTASY_START) + self.one_of(FANTASY_MIDDLE)
            name += self.one_of(FANTASY_END)
            name = f"{name} {trade}" if self.share() < 0.6 else f"{name} {self.one_of(SURNAMES)}"
        else:
            letters = "".join(self.one_of("ABCDEFGHIJKLMNOPRSTUVXYZ") for _ in range(3))
            name = f"{letters} {trade}"
        if self.share() < 0.15:
            name += f" {self.one_of(ENDINGS)}"
        if self.share() < 0.10:
            name += f" i {town['city']}"
        return name

    def address(self, town: dict) -> dict:
        street = f"{self.one_of(STREETS)}{self.one_of(STREET_ENDS)} {1 + int(self.share() * 90)}"
        return {
            "street": street,
            "postcode": f"{town['codes']}{int(self.share() * 40):02d}",
            "city": town["city"],
            "municipality": town["municipality"],
        }

    def company(self, key: str) -> dict:
        town = self.a_town()
        draw, form = self.share(), ""
        for form, share in FORMS:  # noqa: B007
            draw -= share
            if draw < 0:
                break
        bare = self.bare_name(town)
        former = self.bare_name(town) if self.share() < 0.12 else ""
        known = former and self.share() < 0.8
        dates = f"({1990 + int(self.share() * 15)}-05-01–{2006 + int(self.share() * 15)}-03-31)"
        return {
            "id": key,
            "name": f"{bare} {form}".strip(),
            "former_names": f"{former} {form} {dates}" if known else None,
            **self.address(town),
            "industry": f"{10 + int(self.share() * 85)}.{100 + 10 * int(self.share() * 9)}",
            "form": form,
            "former": former,
            "unknown_former": bool(former) and not known,
        }

    def as_listed(self, company: dict, key: str) -> dict:
        form, name = company["form"], company["name"].removesuffix(company["form"]).strip()
        # 12 % have a former name; 10 % of all rows are to be written with it.
        if company["former"] and self.share() < 0.10 / 0.12:
            name = company["former"]
        draw = self.share()
        form = "" if draw < 0.4 else self.one_of(SPELLED[form]) if draw < 0.5 else form
        name = f"{self.misspelled(name)} {form}".strip()
        if self.share() < 0.3:
            name = name.translate(DIGRAPHS if self.share() < 1 / 6 else MARKED)
        if self.share() < 0.3:
            name = name.upper()
        place = dict(company)
        draw = self.share()
        if draw < 0.12:
            town = next((t for t in self.towns if t["city"] == company["city"]), self.towns[0])
            place = self.address(town)
        elif draw < 0.16:
            place = self.address(self.a_town())
        street = place["street"]
        if self.share() < 0.1:
            street = self.typo(street)
        industry = company["industry"]
        if self.share() < 0.1:
            industry = f"{10 + int(self.share() * 85)}.100"
        return {
            "id": key,
            "name": name,
            "street": street if self.share() < 0.7 else None,
            "postcode": place["postcode"] if self.share() < 0.8 else None,
            "city": place["city"] if self.share() < 0.9 else None,
            "industry": industry if self.share() < 0.5 else None,
        }

    def misspelled(self, name: str) -> str:
        words = name.split()
        if len(words) > 2 and self.share() < 0.05:
            words.pop(1 + int(self.share() * (len(words) - 1)))
        elif len(words) > 1 and self.share() < 0.03:
            words = words[1:] + words[:1]
        name = " ".join(words)
        draw = self.share()
        for _ in range(2 if draw < 0.05 else 1 if draw < 0.30 else 0):
            name = self.typo(name)
        return name

    def typo(self, text: str) -> str:
        at = int(self.share() * len(text))
        kind = int(self.share() * 4)
        letter = self.one_of("aeiorstnldmkgåäö")
        match kind:
            case 0:
                return text[:at] + text[at + 1 :]
            case 1:
                return text[:at] + text[at : at + 1] + text[at:]
            case 2:
                return text[:at] + letter + text[at + 1 :]
        return text[:at] + text[at + 1 : at + 2] + text[at : at + 1] + text[at + 2 :]
