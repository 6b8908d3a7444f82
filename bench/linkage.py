"""The linkage measured: 100,000 listed to 1,000,000 registered, against plain Splink.

`python -m bench linkage [LISTED REGISTERED]`. The companies are made up by the rules of
`bench.companies`, with a seed that the evidence was not counted with. The peer is Splink as its
documentation starts: the name and address cleaned of case and punctuation, blocking on equal name,
postcode with the first letters of the name, and street with town; Jaro–Winkler and exact
comparisons with term frequencies; parameters by its own estimation (seeded).
"""

import json
import sys
import tempfile
from pathlib import Path
from time import perf_counter

import polars as pl

SEED = 2
LISTED, REGISTERED = 100_000, 1_000_000
AIM_SECONDS, AIM_F1 = 300.0, 0.95


def main(listed: int = LISTED, registered: int = REGISTERED) -> None:
    from bench.__main__ import reached, run

    with tempfile.TemporaryDirectory() as folder:
        files = [str(Path(folder, f"{name}.csv")) for name in ("left", "right", "truth")]
        run([sys.executable, "-m", "bench.linkage", "make", str(listed), str(registered), *files])
        left, right, truth = files
        command = [
            sys.executable, "-m", "klustermotor", "link", left, right,
            "--labels", truth, "--out", str(Path(folder, "links.csv")), "--json",
        ]  # fmt: skip
        ours = run(command, KLUSTERMOTOR_HOME=folder)
        peer = run([sys.executable, "-m", "bench.linkage", "peer", *files])
    found, theirs = json.loads(ours.output), json.loads(peer.output)
    print(f"Linkage of {listed:,} made-up companies to {registered:,}, 20 % of them not there")
    print(
        f"    the command: {ours.seconds:.0f} s (aim {AIM_SECONDS:.0f} s: "
        f"{reached(ours.seconds <= AIM_SECONDS)}), {ours.processor:.0f} s of processor, "
        f"peak memory {ours.memory:,.0f} MB, {found['compared']:,} pairs compared"
    )
    print(
        f"    precision {found['precision']:.3f}, recall {found['recall']:.3f}, "
        f"F1 {found['f1']:.3f} (aim {AIM_F1}: {reached(found['f1'] >= AIM_F1)}); "
        f"{found['uncertain']:,} of {found['linked']:,} links marked uncertain"
    )
    print(
        f"    plain Splink: {peer.seconds:.0f} s, {peer.processor:.0f} s of processor, peak "
        f"memory {peer.memory:,.0f} MB; precision {theirs['precision']:.3f}, recall "
        f"{theirs['recall']:.3f}, F1 {theirs['f1']:.3f} at its best threshold "
        f"{theirs['threshold']:.2f}"
    )
    print(f"    its time is {peer.seconds / ours.seconds:.2f} times ours")


def make(listed: str, registered: str, *files: str) -> None:
    from bench.companies import made

    data = made(int(listed), int(registered), SEED)
    for table, file in zip((data.left, data.right, data.truth), files, strict=True):
        table.write_csv(file)


def peer(left: str, right: str, truth: str) -> None:
    """Plain Splink on the same files."""
    import splink.comparison_library as cl
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    from klustermotor.analysis.linkage import agreement

    started = perf_counter()
    columns = ["name", "street", "postcode", "city", "industry"]
    frames = [
        pl.read_csv(file, infer_schema=False)
        .select(
            pl.col("id").alias("unique_id"),
            *(
                pl.col(c).str.to_lowercase().str.replace_all(r"[^\p{L}\p{N}]+", " ")
                for c in columns
            ),
        )
        .with_columns(
            pl.col("name").str.replace(r" (ab|as|hb|enk|ek för|aktiebolag|handelsbolag) *$", "")
        )
        for file in (left, right)
    ]
    api = DuckDBAPI()
    tables = [
        api.register(frame.to_arrow(), dataset_display_name=name)
        for frame, name in zip(frames, ("list", "register"), strict=True)
    ]
    linker = Linker(
        tables,
        SettingsCreator(
            link_type="link_only",
            probability_two_random_records_match=0.8 / frames[1].height,
            comparisons=[
                cl.JaroWinklerAtThresholds("name", [0.97, 0.92, 0.85]).configure(
                    term_frequency_adjustments=True
                ),
                cl.LevenshteinAtThresholds("street", [1, 2]),
                cl.ExactMatch("postcode").configure(term_frequency_adjustments=True),
                cl.ExactMatch("city").configure(term_frequency_adjustments=True),
                cl.ExactMatch("industry"),
            ],
            blocking_rules_to_generate_predictions=[
                block_on("name"),
                block_on("postcode", "substr(name, 1, 3)"),
                block_on("street", "city"),
                block_on("city", "substr(name, 1, 6)"),
            ],
        ),
        log_level="ERROR",
    )
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=SEED)
    for rule in (block_on("name"), block_on("street", "postcode")):
        linker.training.estimate_parameters_using_expectation_maximisation(rule)
    scored = pl.from_arrow(linker.inference.predict(0.01, warning_mode="never").as_pyarrow_table())
    best = (
        scored.rename({"unique_id_l": "left_id", "unique_id_r": "right_id"})
        .sort(["left_id", "match_weight", "right_id"], descending=[False, True, False])
        .unique("left_id", keep="first", maintain_order=True)
    )
    labels = pl.read_csv(truth, infer_schema=False)
    tried = [
        (agreement(best.filter(pl.col("match_probability") >= at), labels), at)
        for at in (0.01, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.99)
    ]
    found, threshold = max(tried, key=lambda one: one[0].f1)
    seconds = perf_counter() - started
    print(json.dumps(found.as_dict() | {"threshold": threshold, "seconds": round(seconds, 1)}))


if __name__ == "__main__":
    {"make": make, "peer": peer}[sys.argv[1]](*sys.argv[2:])
