#!/bin/sh
# Run once, by the postgres image, on an empty data directory: the two databases with their owners, and the role that
# may read Umami's (its grants come later, when Umami has made its tables). Also used by docker-compose.yml.
set -eu

psql --no-psqlrc --quiet --set=ON_ERROR_STOP=1 --username="${POSTGRES_USER:-postgres}" --dbname=postgres \
    --set=attribution_user="$ATTRIBUTION_DB_USER" --set=attribution_password="$ATTRIBUTION_DB_PASSWORD" \
    --set=umami_password="$UMAMI_DB_PASSWORD" \
    --set=reader="$UMAMI_READER_USER" --set=reader_password="$UMAMI_READER_PASSWORD" << 'SQL'
CREATE ROLE :"attribution_user" LOGIN PASSWORD :'attribution_password';
CREATE DATABASE attribution OWNER :"attribution_user";
REVOKE ALL ON DATABASE attribution FROM PUBLIC;
CREATE ROLE umami LOGIN PASSWORD :'umami_password';
CREATE DATABASE umami OWNER umami;
REVOKE ALL ON DATABASE umami FROM PUBLIC;
CREATE ROLE :"reader" LOGIN PASSWORD :'reader_password';
SQL
