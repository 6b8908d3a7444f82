"""Write the demonstration's answers anew from the published figures, and judge each figure.

python scripts/reconstruct_slim.py           write the files and print the list
python scripts/reconstruct_slim.py --check   print the list; exit 1 if a file would change
"""

import sys
from collections import Counter

from klustermotor.portal.demonstration.reconstruct import ANSWERS, Verdict, reconstruct, verdicts
from klustermotor.portal.demonstration.reconstruct import write as write_answers


def main() -> int:
    if "--check" in sys.argv[1:]:
        stale = [
            name
            for name, text in reconstruct().items()
            if not (ANSWERS / name).exists() or (ANSWERS / name).read_text("utf-8") != text
        ]
        for name in stale:
            print(f"answers/{name} differs: run scripts/reconstruct_slim.py", file=sys.stderr)
    else:
        stale = []
        for path in write_answers():
            print(f"wrote {path.name}")
    judged = verdicts()
    for found in judged:
        if found.rounding != "half up":
            print(line(found))
    met = Counter(found.rounding or "cannot be met" for found in judged)
    print(", ".join(f"{rule}: {count}" for rule, count in met.most_common()))
    return 1 if stale else 0


def line(found: Verdict) -> str:
    """One figure that common rounding of a whole number of answers does not give."""
    figure = found.figure
    name = f"{figure.initiative} {figure.wave} {figure.item}={figure.category}"
    stated = f"{figure.value:g} {figure.unit}, n {figure.n_min}-{figure.n_max}, {figure.source}"
    taken = f"{found.count} of {found.n} ({100 * found.count / found.n:.1f} %)"
    if found.rounding:
        return f"{name}: {stated}: only by {found.rounding}: {taken}"
    sizes = " or ".join(f"n={size}" for size in found.fitting_sizes)
    return f"{name}: {stated}: {found.why}; taken {taken}" + (f"; fits {sizes}" if sizes else "")


if __name__ == "__main__":
    sys.exit(main())
