#!/bin/sh
# Prepares an Umami of our own: grants the reader what umami-query-service reads, makes the website, and replaces the
# administrator's default password. Waits until Umami has made its tables; may be run any number of times.
# Also used by docker-compose.yml. Connection: PGHOST, PGDATABASE, PGUSER, PGPASSWORD, of the tables' owner.
set -eu
here=$(dirname "$0")

run() {
    psql --no-psqlrc --quiet --set=ON_ERROR_STOP=1 "$@"
}

# session_link and what comes later is granted by running this again after an upgrade of Umami.
until run --command='SELECT FROM website, website_event, session, session_data, event_data LIMIT 0' > /dev/null 2>&1; do
    echo "Waiting for Umami's tables ..."
    sleep 2
done
run --set=reader="$UMAMI_READER_USER" --file="$here/grant-reader.sql"
run --set=website_id="$UMAMI_WEBSITE_ID" --set=website_name="$UMAMI_WEBSITE_NAME" \
    --set=website_domain="$UMAMI_WEBSITE_DOMAIN" --set=admin_password="$UMAMI_ADMIN_PASSWORD" --file="$here/website.sql"
echo "Umami is prepared."
