-- Signups counted for reports: a row a UTC day of signup, which says nothing of whose signups they are. Days that have a
-- mark are read from attributions and conversions instead, until they are counted anew; so reports are always exact.

-- What reports tell touches apart by. A row lives as long as a day refers to it.
CREATE TABLE acquisition_touches (
    touch_id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    fingerprint bytea NOT NULL UNIQUE CHECK (octet_length(fingerprint) = 32),
    channel varchar(40),
    utm_source varchar(255),
    utm_medium varchar(255),
    utm_campaign varchar(255),
    utm_content varchar(255),
    utm_term varchar(255),
    landing_page varchar(2048),
    referrer_host varchar(2048),
    trust varchar(10),
    source varchar(10),
    missing varchar(40)
);

-- The form of signups and conversions is that of Segment.java. They are written and read whole.
CREATE TABLE acquisition_days (
    day date PRIMARY KEY,
    touches integer[] NOT NULL,
    currencies text[] NOT NULL,
    signups bytea NOT NULL,
    conversions bytea NOT NULL
);

-- Compressed they would not be smaller. In CREATE TABLE this is for PostgreSQL 16 and newer only.
ALTER TABLE acquisition_days
    ALTER COLUMN signups SET STORAGE EXTERNAL,
    ALTER COLUMN conversions SET STORAGE EXTERNAL;

-- Days that have changed since they were counted; a conversion stands for the day of its user's signup, which its writer
-- could not see yet. Only ever appended to by those who write, so none waits for another.
CREATE TABLE acquisition_marks (
    day date,
    conversion_id uuid,
    marked_at timestamptz NOT NULL DEFAULT now(),
    CHECK (num_nonnulls(day, conversion_id) = 1)
);

CREATE FUNCTION utc_day(at timestamptz) RETURNS date
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (at AT TIME ZONE 'UTC')::date;

CREATE FUNCTION mark_days_of_signups() RETURNS trigger
    LANGUAGE plpgsql
AS $$
BEGIN
    INSERT INTO acquisition_marks (day) SELECT DISTINCT utc_day(signed_up_at) FROM changed;
    RETURN NULL;
END
$$;

CREATE FUNCTION mark_days_of_moved_signups() RETURNS trigger
    LANGUAGE plpgsql
AS $$
BEGIN
    INSERT INTO acquisition_marks (day)
    SELECT utc_day(signed_up_at) FROM before UNION SELECT utc_day(signed_up_at) FROM changed;
    RETURN NULL;
END
$$;

CREATE FUNCTION mark_days_of_conversions() RETURNS trigger
    LANGUAGE plpgsql
AS $$
BEGIN
    INSERT INTO acquisition_marks (day, conversion_id)
    SELECT DISTINCT utc_day(signed_up_at), CASE WHEN signed_up_at IS NULL THEN conversion_id END
    FROM changed LEFT JOIN attributions USING (user_id);
    RETURN NULL;
END
$$;

CREATE TRIGGER mark_inserted AFTER INSERT ON attributions REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION mark_days_of_signups();
CREATE TRIGGER mark_updated AFTER UPDATE ON attributions REFERENCING OLD TABLE AS before NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION mark_days_of_moved_signups();
CREATE TRIGGER mark_deleted AFTER DELETE ON attributions REFERENCING OLD TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION mark_days_of_signups();
CREATE TRIGGER mark_inserted AFTER INSERT ON conversions REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION mark_days_of_conversions();
-- Retention and nothing else updates conversions: together with their user's record, whose day is marked for that.
CREATE TRIGGER mark_updated AFTER UPDATE ON conversions REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION mark_days_of_conversions();
CREATE TRIGGER mark_deleted AFTER DELETE ON conversions REFERENCING OLD TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION mark_days_of_conversions();
