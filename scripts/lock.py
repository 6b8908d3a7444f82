"""Resolve pyproject.toml into the lock files: Python 3.11-3.13, hashes, no index address."""

import subprocess
import sys

COMPANIONS = {
    "requirements.lock": [],
    "requirements-dev.lock": ["dev"],
    "requirements-spark.lock": ["spark"],
}


def main() -> int:
    for target, extras in COMPANIONS.items():
        command = [
            *(sys.executable, "-m", "uv", "pip", "compile", "pyproject.toml", "--quiet"),
            *("--universal", "--python-version", "3.11", "--generate-hashes"),
            *("--no-emit-index-url", "--no-emit-find-links", "--no-header", "--no-annotate"),
            *(part for extra in ["build", *extras] for part in ("--extra", extra)),
            *("--output-file", target),
        ]
        if target != "requirements.lock":
            command += ["--constraint", "requirements.lock"]
        subprocess.run(command, check=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
