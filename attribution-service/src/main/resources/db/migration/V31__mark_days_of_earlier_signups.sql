-- What was there before is counted by the first run. One look into the index a day, while others write.
WITH RECURSIVE days (latest) AS (
    SELECT max(signed_up_at) FROM attributions
    UNION ALL
    SELECT (SELECT max(signed_up_at) FROM attributions WHERE signed_up_at < utc_day(latest)::timestamp AT TIME ZONE 'UTC')
    FROM days WHERE latest IS NOT NULL)
INSERT INTO acquisition_marks (day) SELECT utc_day(latest) FROM days WHERE latest IS NOT NULL;
