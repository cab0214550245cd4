#!/bin/sh
# Makes Temporal's two databases, or brings their tables up to this release; done again, it changes nothing.
set -eu
SQL_PASSWORD=$(cat /run/secrets/temporal-database-password)
export SQL_PASSWORD
tables=/etc/temporal/schema/postgresql/v12
for pair in temporal:temporal temporal_visibility:visibility; do
    tool() { temporal-sql-tool --plugin postgres12 --ep "$SQL_HOST" --port 5432 --user "$SQL_USER" --db "${pair%%:*}" "$@"; }
    tool create
    tool setup-schema --version 0.0
    tool update-schema --schema-dir "$tables/${pair##*:}/versioned"
done
