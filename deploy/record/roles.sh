#!/bin/sh
# Makes the two roles of the record and its database, once, when the server's data directory is made.
set -eu
owner=$(cat /run/secrets/record-owner-password)
app=$(cat /run/secrets/record-app-password)
psql -v ON_ERROR_STOP=1 -v owner="$owner" -v app="$app" <<'SQL'
CREATE ROLE ledger_owner LOGIN PASSWORD :'owner';
CREATE ROLE ledger_app LOGIN PASSWORD :'app';
CREATE DATABASE ledger OWNER ledger_owner ENCODING 'UTF8' TEMPLATE template0;
SQL
