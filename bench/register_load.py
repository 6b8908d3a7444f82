"""A file of Enhetsregisteret's form loaded into an empty SQLite register, in processes of its own.

python -m bench.register_load 100000
"""

import csv
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

HEADINGS = [
    "organisasjonsnummer", "navn", "organisasjonsform.kode", "organisasjonsform.beskrivelse",
    "naeringskode1.kode", "naeringskode1.beskrivelse", "naeringskode2.kode",
    "naeringskode2.beskrivelse", "naeringskode3.kode", "naeringskode3.beskrivelse",
    "harRegistrertAntallAnsatte", "antallAnsatte", "hjemmeside", "epostadresse", "telefon", "mobil",
    "postadresse.adresse", "postadresse.poststed", "postadresse.postnummer", "postadresse.kommune",
    "postadresse.kommunenummer", "postadresse.land", "postadresse.landkode",
    "forretningsadresse.adresse", "forretningsadresse.poststed", "forretningsadresse.postnummer",
    "forretningsadresse.kommune", "forretningsadresse.kommunenummer", "forretningsadresse.land",
    "forretningsadresse.landkode", "institusjonellSektorkode.kode",
    "institusjonellSektorkode.beskrivelse", "sisteInnsendteAarsregnskap",
    "registreringsdatoEnhetsregisteret", "stiftelsesdato", "registrertIMvaRegisteret",
    "registrertIForetaksregisteret", "konkurs", "underAvvikling", "overordnetEnhet", "maalform",
    "vedtektsdato", "vedtektsfestetFormaal", "aktivitet",
]  # fmt: skip
WEIGHTS = (3, 2, 7, 6, 5, 4, 3, 2)
FORMS = ["AS"] * 45 + ["ENK"] * 40 + ["FLI"] * 8 + ["NUF"] * 4 + ["ORGL"] * 3
DIVISIONS = (1, 3, 10, 25, 41, 43, 45, 46, 47, 49, 55, 56, 62, 68, 69, 70, 71, 85, 86, 96)
CODES = [f"{division:02d}.{rest}" for division in DIVISIONS for rest in (100, 200, 910)]
WORDS = [
    "fjord",
    "stål",
    "bygg",
    "nord",
    "sol",
    "vest",
    "drift",
    "eiendom",
    "regnskap",
    "transport",
    "havbruk",
    "teknikk",
    "design",
    "trelast",
    "konsult",
    "mat",
    "data",
    "kraft",
]


def numbers(count: int):
    """Valid organisation numbers in rising order, as the register gives them out."""
    number = 81_000_000
    while count:
        number += 1
        rest = sum(int(d) * w for d, w in zip(str(number), WEIGHTS, strict=True)) % 11
        if rest != 1:
            yield f"{number}{(11 - rest) % 11}"
            count -= 1


def write_file(path: Path, count: int, places: list[str], seed: int = 4) -> None:
    """A bulk file with the columns, the gaps and the shares of the real one."""
    chance = random.Random(seed)
    number = ""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADINGS)
        for at, number in enumerate(numbers(count)):
            form = chance.choice(FORMS)
            name = f"{chance.choice(WORDS)} {chance.choice(WORDS)} {at} {form}".upper()
            codes = chance.sample(CODES, chance.choice((1, 1, 1, 2, 3)))
            industries = [cell for code in codes for cell in (code, f"Næring {code}")]
            industries += [""] * (6 - len(industries))
            place = chance.choice(places)
            employees = str(chance.choice((1, 4, 9, 30, 80))) if chance.random() < 0.3 else ""
            address = [
                f"Storgata {at % 300}",
                "BERGEN",
                f"{chance.randrange(10000):04d}",
                "X",
                place,
            ]
            parent = number if form == "ORGL" and chance.random() < 0.3 else ""
            writer.writerow([
                number, name, form, "", *industries, "false", employees,
                "www.eksempel.no" if chance.random() < 0.1 else "", "", "", "",
                *([""] * 7), *address, "Norge", "NO", "2100", "", "2023",
                f"{chance.randrange(1995, 2025)}-0{chance.randrange(1, 10)}-11", "", "true", "true",
                "false", "false", parent, "Bokmål", "", "",
                "Drift av " + " ".join(chance.choices(WORDS, k=9)),
            ])  # fmt: skip


def run(home: Path, *arguments: str) -> tuple[str, float, float]:
    """Output, seconds and peak memory in MB of a command."""
    environment = {**os.environ, "KLUSTERMOTOR_HOME": str(home), "KLUSTERMOTOR_DEMO": "1"}
    environment.pop("DATABASE_URL", None)
    started = perf_counter()
    code = (
        "import resource,sys;from klustermotor.__main__ import main;"
        "sys.argv=['klustermotor',*sys.argv[1:]]\n"
        "try:\n main()\nfinally:\n"
        " print('peak', resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    seconds = perf_counter() - started
    if done.returncode:
        raise SystemExit(done.stderr[-3000:])
    peak = int(done.stderr.rsplit("peak ", 1)[1].split()[0]) / 1024
    return done.stdout, seconds, peak


def main(count: int) -> None:
    """Load a generated file, then the same file again."""
    with tempfile.TemporaryDirectory(prefix="klustermotor-bench-") as folder:
        home, file = Path(folder, "home"), Path(folder, "enheter.csv")
        run(home, "migrate", "-v0")
        code = "from klustermotor.register.services.reference import load_reference_data as l; l()"
        run(home, "shell", "-v0", "-c", code)
        places = [f"{n:04d}" for n in (301, 1103, 4601, 5001, 3301, 4204, 1108, 5501)]
        write_file(file, count, places)
        print(f"{count} rows, {file.stat().st_size / 1e6:.0f} MB")
        for what in ("first time", "same again"):
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            out, seconds, peak = run(home, "load", "brreg", str(file), "--json")
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
            counts = {k: v for k, v in json.loads(out).items() if v and isinstance(v, int)}
            print(
                f"{what}: {seconds:.1f} s by the clock, {processor:.1f} s of processor, "
                f"{peak:.0f} MB, {counts}"
            )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
