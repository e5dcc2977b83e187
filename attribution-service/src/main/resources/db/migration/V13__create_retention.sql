-- When a record lost what could tell whose it was.
ALTER TABLE attributions ADD COLUMN anonymised_at timestamptz;
CREATE INDEX attributions_to_anonymise ON attributions (signed_up_at) WHERE anonymised_at IS NULL;

CREATE TABLE retention_runs (
    run_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    started_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    finished_at timestamptz,
    cutoff timestamptz NOT NULL,
    dry_run boolean NOT NULL,
    due bigint NOT NULL,
    done bigint NOT NULL DEFAULT 0
);

-- An address without what stands behind its path.
CREATE FUNCTION without_query(address text) RETURNS text
    LANGUAGE sql IMMUTABLE
RETURN regexp_replace(address, '[?#].*$', '', 's');

-- A touch that keeps its campaign and its pages and loses click ids, queries and the time.
CREATE FUNCTION anonymous_touch(touch jsonb) RETURNS jsonb
    LANGUAGE sql IMMUTABLE
RETURN jsonb_strip_nulls((touch - 'click_ids' - 'first_seen_at') || jsonb_build_object(
    'referrer', without_query(touch ->> 'referrer'),
    'landing_page', without_query(touch ->> 'landing_page')));

-- A replaced touch, which may hold the last touch of its time.
CREATE FUNCTION anonymous_replaced_touch(touch jsonb) RETURNS jsonb
    LANGUAGE sql IMMUTABLE
RETURN jsonb_strip_nulls(anonymous_touch(touch)
    || jsonb_build_object('last_touch', anonymous_touch(touch -> 'last_touch')));

-- Anonymises some records and what belongs to their users: links go, conversions keep name, time and money under a random
-- id. Answers how many; null when another process is at it.
CREATE FUNCTION anonymise_records(cutoff timestamptz, most integer) RETURNS integer
    LANGUAGE plpgsql
AS $$
DECLARE
    known text;
    pseudonym text;
    done integer := 0;
BEGIN
    IF NOT pg_try_advisory_xact_lock(828001, 2) THEN
        RETURN NULL;
    END IF;
    FOR known IN
        SELECT user_id FROM attributions
        WHERE signed_up_at < cutoff AND anonymised_at IS NULL
        ORDER BY signed_up_at LIMIT most
        FOR UPDATE SKIP LOCKED
    LOOP
        pseudonym := 'anonymous-' || gen_random_uuid();
        DELETE FROM identity_links WHERE user_id = known;
        UPDATE conversions
        SET user_id = pseudonym, idempotency_key = 'anonymous-' || conversion_id, properties = '{}'
        WHERE user_id = known;
        UPDATE attributions
        SET user_id = pseudonym,
            click_ids = '{}',
            referrer = without_query(referrer),
            landing_page = without_query(landing_page),
            first_seen_at = date_trunc('day', first_seen_at, 'UTC'),
            signed_up_at = date_trunc('day', signed_up_at, 'UTC'),
            last_touch = anonymous_touch(last_touch),
            replaced_touch = anonymous_replaced_touch(replaced_touch),
            anonymised_at = now()
        WHERE user_id = known;
        done := done + 1;
    END LOOP;
    RETURN done;
END
$$;
