#!/usr/bin/env bash
# What the tests use beside PyPI: a browser, a PostgreSQL server and poppler's pdf tools.
# The product itself needs none of them. Does nothing where they are there already.
set -euo pipefail

missing=()
command -v chromium >/dev/null || missing+=(chromium)
command -v pdfinfo >/dev/null || missing+=(poppler-utils)
compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || missing+=(postgresql)
command -v python3 >/dev/null || missing+=(python3 python3-venv)

if ((${#missing[@]} == 0)); then
    exit 0
fi
if ! command -v apt-get >/dev/null || [ "$(id -u)" != 0 ]; then
    echo "Missing: ${missing[*]}. Install them as root with apt-get; tests that need them skip." >&2
    exit 0
fi
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
