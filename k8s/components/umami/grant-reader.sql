-- What umami-query-service may do in Umami's database: read five tables, and session_link where it exists (Umami 3.3).
-- Run by the tables' owner, or a superuser, with the role's name:
--   psql --set=reader=umami_reader --file=grant-reader.sql "postgresql://…/umami"
-- May be run again, and should be after each upgrade of Umami.
SELECT format('GRANT CONNECT ON DATABASE %I TO %I', current_database(), :'reader') \gexec
SELECT format('GRANT USAGE ON SCHEMA %I TO %I', current_schema(), :'reader') \gexec
SELECT format('GRANT SELECT ON %I.%I TO %I', current_schema(), table_name, :'reader')
FROM information_schema.tables
WHERE table_schema = current_schema()
  AND table_name IN ('website', 'website_event', 'session', 'session_data', 'event_data', 'session_link')
ORDER BY table_name \gexec
