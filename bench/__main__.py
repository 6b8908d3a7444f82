"""`python -m bench [initiative|national|proofreading|linkage|register]`.

Seconds, memory, the ratio to R's survey package, how well the proofreader tells right from wrong,
how fast remarks stand beside a text, how well and fast organisations are linked, and how fast the
pages of a full register are."""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from bench import linkage, made, peer, proofreading, register
from bench.national import ANSWERS, INITIATIVES, INVITED
from klustermotor.formats.questionnaire import write_questionnaire

AIM_INITIATIVE, AIM_NATIONAL, AIM_RATIO, AIM_WRITING = 3.0, 15.0, 50.0, 0.3
FRAME, RETURNED = 93, 34
R_INITIATIVES = 3


@dataclass(frozen=True)
class Ran:
    """A finished process: what it wrote, seconds by the clock and of processor, peak memory in MB.

    Where other work shares the machine the two times differ, and the processor's is the steadier.
    """

    output: str
    seconds: float
    processor: float
    memory: float


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    kinds = ["initiative", "national", "proofreading", "linkage", "register"]
    parser.add_argument("which", nargs="?", choices=kinds)
    only = parser.parse_args().which
    absent = peer.missing()
    if absent:
        print(f"No comparison with R: {absent}")
    if only in (None, "initiative"):
        initiative(with_r=not absent)
    if only in (None, "national"):
        national(with_r=not absent)
    if only in (None, "proofreading"):
        proofreading.main()
    if only in (None, "register"):
        register.main()
    if only in (None, "linkage"):
        linkage.main()
        writing()


def initiative(*, with_r: bool) -> None:
    """(a) One initiative from files to every result file and the PDF, by the command."""
    answers = made.answers(1, RETURNED, FRAME)
    with tempfile.TemporaryDirectory() as folder:
        instrument, given = Path(folder, "instrument.yaml"), Path(folder, "answers.csv")
        instrument.write_text(write_questionnaire(answers.questionnaire), "utf-8")
        answers.frame.write_csv(given)
        numbers = [f"{wave}={FRAME}" for wave in made.WAVES]
        command = [
            sys.executable, "-m", "klustermotor", "evaluate", str(instrument), str(given),
            "--wave-column", "wave", "--key-column", "respondent", "--formats", "pdf",
            "--out", str(Path(folder, "out")),
            *(part for n in numbers for part in ("--invited", n, "--population", n)),
        ]  # fmt: skip
        cold = run(command, KLUSTERMOTOR_HOME=folder)
        warm = run(command, KLUSTERMOTOR_HOME=folder)
        files = ", ".join(sorted(path.name for path in Path(folder, "out").iterdir()))
    print(f"(a) one initiative, {FRAME} invited, 3 waves, 60 items → {files}")
    tell("    the command, warm", warm.seconds, warm, AIM_INITIATIVE)
    print(f"    the command, first time: {cold.seconds:.2f} s")
    if with_r:
        timed = peer.estimates(answers, 1, FRAME)
        print(
            f"    R survey, {timed.estimates} estimates alone: {timed.seconds:.2f} s = "
            f"{timed.seconds / warm.seconds:.1f} times the whole command"
        )


def national(*, with_r: bool) -> None:
    """(b) A round of 500 initiatives: estimates, intervals, changes, gaps."""
    ran = run([sys.executable, "-m", "bench.national"])
    steps = json.loads(ran.output)
    seconds = sum(step["seconds"] for step in steps.values())
    print(f"(b) {INITIATIVES} initiatives × 3 waves × {ANSWERS} answers × 60 items")
    for name, step in steps.items():
        print(f"    {name}: {step['seconds']:.2f} s, {step['rows']:,} rows")
    tell("    together", seconds, ran, AIM_NATIONAL)
    print(f"    the whole process, with making the answers up: {ran.seconds:.2f} s")
    if with_r:
        answers = made.answers(R_INITIATIVES, ANSWERS, INVITED)
        timed = peer.estimates(answers, R_INITIATIVES, INVITED)
        scaled = timed.seconds * INITIATIVES / timed.initiatives
        ratio = scaled / seconds
        print(
            f"    R survey on {timed.initiatives} of {INITIATIVES} initiatives: "
            f"{timed.seconds:.1f} s, in proportion {scaled:,.0f} s for all: "
            f"{ratio:.0f} times ours (aim {AIM_RATIO:.0f}: {reached(ratio >= AIM_RATIO)})"
        )


def writing() -> None:
    """(e) The page beside a text, while an evaluator writes a paragraph in the demonstration."""
    with tempfile.TemporaryDirectory() as folder:
        ran = run([sys.executable, "-m", "bench.writing"], KLUSTERMOTOR_HOME=folder)
    for what, took in json.loads(ran.output.splitlines()[-1]).items():
        print(
            f"(e) remarks on a {what} of {took['words']:,} words as it is written and saved: "
            f"{1000 * took['median']:.0f} ms, the slowest {1000 * took['slowest']:.0f} ms "
            f"(aim {1000 * AIM_WRITING:.0f} ms: {reached(took['slowest'] <= AIM_WRITING)}); "
            f"the first of all {1000 * took['first']:,.0f} ms"
        )


def tell(what: str, seconds: float, ran: Ran, aim: float) -> None:
    print(
        f"{what}: {seconds:.2f} s (aim {aim:.0f} s: {reached(seconds <= aim)}), "
        f"{ran.processor:.2f} s of processor in all, peak memory {ran.memory:,.0f} MB"
    )


def reached(yes: bool) -> str:
    return "reached" if yes else "missed"


def run(command: list[str], **environment: str) -> Ran:
    """Runs a process to its end; exits with what it wrote when it fails."""
    root = Path(__file__).resolve().parents[1]
    path = os.pathsep.join([str(root / "src"), str(root), os.environ.get("PYTHONPATH", "")])
    threads = {"OPENBLAS_NUM_THREADS": "1", "PYTHONPATH": path.rstrip(os.pathsep)}
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        started = perf_counter()
        process = subprocess.Popen(
            command, stdout=out, stderr=err, env={**os.environ, **threads, **environment}
        )
        _, status, used = os.wait4(process.pid, 0)
        seconds = perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0), err.seek(0)
        if process.returncode != 0:
            sys.exit(f"{' '.join(command)} failed:\n{err.read()}")
        processor = used.ru_utime + used.ru_stime
        return Ran(out.read(), seconds, processor, used.ru_maxrss / 1024)


if __name__ == "__main__":
    main()
