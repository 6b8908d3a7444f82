"""Writes companies.csv, a made-up two-stage sample: 12 of 40 municipalities, companies in each."""

import csv
import random
from pathlib import Path

HERE = Path(__file__).parent


def rows(chance: random.Random) -> list[dict[str, object]]:
    found: list[dict[str, object]] = []
    for number in range(1, 13):
        companies = 1 if number == 12 else chance.randint(6, 30)
        sampled = min(companies, chance.randint(4, 14))
        mood = chance.gauss(0, 0.8)
        for _ in range(sampled):
            size = chance.choices(["large", "medium", "small"], [2, 3, 5])[0]
            jobs = {"large": 250, "medium": 80, "small": 12}[size] + chance.randint(-9, 40)
            before = max(1, round(jobs * chance.uniform(0.7, 1.2)))
            score = min(5, max(1, round(3 + mood + chance.gauss(0, 1))))
            grows = "yes" if chance.random() < 0.35 + 0.1 * score else "no"
            found.append(
                {
                    "municipality": f"M{number:02}",
                    "company": f"C{len(found) + 1:03}",
                    "size": size,
                    "active": chance.choice(["yes", "no", "yes"]),
                    "jobs": jobs,
                    "jobs_before": before,
                    "score": score,
                    "grows": "" if chance.random() < 0.08 else grows,
                    "municipalities": 40,
                    "companies": companies,
                }
            )
    in_sample = {
        size: sum(r["size"] == size for r in found) for size in ("large", "medium", "small")
    }
    population = {"large": 90, "medium": 180, "small": 400}
    for row in found:
        row["of_size"] = population[str(row["size"])]
        row["weight"] = round(population[str(row["size"])] / in_sample[str(row["size"])], 3)
    return found


def main() -> None:
    table = rows(random.Random(2009))
    with (HERE / "companies.csv").open("w", newline="") as file:
        writer = csv.DictWriter(file, list(table[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(table)


if __name__ == "__main__":
    main()
