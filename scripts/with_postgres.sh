#!/usr/bin/env bash
# Run a command with DATABASE_URL pointing at a PostgreSQL that lives as long as the command:
#   scripts/with_postgres.sh .venv/bin/python -m pytest -m database
# The server listens on a socket in a temporary folder only.
set -euo pipefail

bin=$(compgen -G '/usr/lib/postgresql/*/bin' | sort -V | tail -n 1 || true)
if [ -z "$bin" ]; then
    echo "No PostgreSQL server found: install Debian's package postgresql." >&2
    exit 1
fi

folder=$(mktemp -d)
as_server=()
if [ "$(id -u)" = 0 ]; then # initdb refuses to run as root
    chown postgres "$folder"
    as_server=(runuser -u postgres --)
fi
chmod 755 "$folder"

stop() {
    (cd / && "${as_server[@]}" "$bin/pg_ctl" -D "$folder/data" -m immediate stop >/dev/null 2>&1) || true
    rm -rf "$folder"
}
trap stop EXIT

(
    cd /
    "${as_server[@]}" "$bin/initdb" -D "$folder/data" -U klustermotor -A trust -E UTF8 --locale=C.UTF-8 >/dev/null
    "${as_server[@]}" "$bin/pg_ctl" -D "$folder/data" -w -l "$folder/log" \
        -o "-c listen_addresses='' -k $folder -c fsync=off -c full_page_writes=off -c max_connections=60" \
        start >/dev/null
    "${as_server[@]}" "$bin/createdb" -h "$folder" -U klustermotor klustermotor
)
export DATABASE_URL="postgresql://klustermotor@/klustermotor?host=$folder"
"$@"
