-- A role for Grafana that reads what acquisition-dashboard.json shows, and nothing that names a person but the user's id.
--   psql --single-transaction --set=ON_ERROR_STOP=1 --file=acquisition-reader.sql "postgresql://…/attribution"
--   then: ALTER ROLE acquisition_reader PASSWORD '…'
CREATE ROLE acquisition_reader LOGIN CONNECTION LIMIT 5;
ALTER ROLE acquisition_reader SET default_transaction_read_only = on;
ALTER ROLE acquisition_reader SET statement_timeout = '15s';
GRANT SELECT (user_id, signed_up_at, first_seen_at, channel, last_channel, utm_campaign, landing_page, referrer, last_touch,
    direct, source, trust) ON attributions TO acquisition_reader;
GRANT SELECT (user_id, occurred_at, value, currency) ON conversions TO acquisition_reader;
