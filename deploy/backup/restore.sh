#!/bin/sh
# Puts a copy into an empty database: restore.sh FILE. Stop Huismeester first. Which database: as with backup.sh.
# All or nothing; its logs have new epochs then, so that nobody takes them for the old ones, and every rule is in dry-run.
set -eu
file=${1:?usage: $0 FILE}
here=$(cd "$(dirname "$0")" && pwd)
if [ -n "${PGPASSWORD_FILE-}" ]; then
  PGPASSWORD=$(cat "$PGPASSWORD_FILE")
  export PGPASSWORD
fi
ask() { psql --no-psqlrc --no-password --quiet --tuples-only --no-align --set=ON_ERROR_STOP=1 "$@"; }

pg_restore --list "$file" >/dev/null
tables=$(ask --command="select count(*) from pg_catalog.pg_tables where schemaname not in ('pg_catalog', 'information_schema')")
if [ "$tables" != 0 ]; then
  echo "the database ${PGDATABASE-} is not empty ($tables tables): make a new one, or drop and make this one anew" >&2
  exit 1
fi
others=$(ask --command="select count(*) from pg_catalog.pg_stat_activity
  where datname = current_database() and backend_type = 'client backend' and pid <> pg_backend_pid()")
if [ "$others" != 0 ]; then
  echo "the database ${PGDATABASE-} is in use ($others connections): stop Huismeester first, and what else uses it" >&2
  exit 1
fi

# One transaction with what makes the epochs new. It is committed by its last word alone: whatever breaks before, however,
# leaves nothing behind.
{
  echo 'begin;'
  pg_restore --no-owner --no-privileges --file=- "$file"
  cat "$here/new-epoch.sql"
  echo 'commit;'
} | ask --output=/dev/null
heads=$(ask --command="select count(*) from pg_catalog.pg_tables where tablename = 'log_head'")
[ "$heads" != 0 ] || { echo "$file could not be restored; the database ${PGDATABASE-} is as empty as before" >&2 && exit 1; }
echo "restored; start Huismeester, and look: every rule is in dry-run until you arm it again"
