#!/bin/sh
# Copies the database into one file: backup.sh FOLDER
# Which database: libpq's own PGHOST, PGPORT, PGUSER, PGDATABASE, PGPASSFILE, and PGPASSWORD_FILE, a file with the password.
# KEEP: how many copies stay (14). In FOLDER it touches huismeester-*.dump alone.
set -eu
umask 077
folder=${1:?usage: $0 FOLDER}
keep=${KEEP:-14}
case $keep in '' | *[!0-9]* | 0*) echo "KEEP: found $keep, allowed: a number from 1 on" >&2 && exit 64 ;; esac
if [ -n "${PGPASSWORD_FILE-}" ]; then
  PGPASSWORD=$(cat "$PGPASSWORD_FILE")
  export PGPASSWORD
fi
[ -d "$folder" ] || { echo "$folder: there is no such folder" >&2 && exit 1; }

file=$folder/huismeester-$(date -u +%Y%m%dT%H%M%SZ).dump
draft=$(mktemp "$folder/.huismeester-XXXXXX")
trap 'rm -f "$draft"' EXIT
trap 'exit 1' HUP INT TERM

# All services at one moment: a dump is one snapshot.
pg_dump --format=custom --no-owner --no-privileges --no-password --file="$draft"
# Whole, and of a Huismeester: each service keeps the head of its log.
pg_restore --list "$draft" | grep -q ' TABLE DATA [a-z_]* log_head ' ||
  { echo "the database ${PGDATABASE-} has no log of a Huismeester: is it the right one?" >&2 && exit 1; }
sync "$draft"
[ ! -e "$file" ] || { echo "$file: is there already" >&2 && exit 1; }
mv "$draft" "$file"
sync "$folder"
echo "$file"

# Only now that there is a new one; their names sort by time.
find "$folder" -maxdepth 1 -type f -name 'huismeester-*T*Z.dump' | sort -r | tail -n "+$((keep + 1))" | while read -r old; do
  rm -f -- "$old"
done
