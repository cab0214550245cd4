#!/bin/sh
# Starts the server with the password of its database, which is in a file and in no setting.
set -eu
POSTGRES_PWD=$(cat /run/secrets/temporal-database-password)
export POSTGRES_PWD
exec /etc/temporal/entrypoint.sh
