-- As before, and then what names a user who has no record: links go, conversions keep name, time and money, each under a
-- random id of its own. Each counts as one.
CREATE OR REPLACE FUNCTION anonymise_records(cutoff timestamptz, most integer) RETURNS integer
    LANGUAGE plpgsql
AS $$
DECLARE
    known text;
    pseudonym text;
    done integer := 0;
    more integer;
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

    DELETE FROM identity_links WHERE link_id IN (
        SELECT link_id FROM links_without_record(cutoff) AS link_id LIMIT most - done);
    GET DIAGNOSTICS more = ROW_COUNT;
    done := done + more;

    UPDATE conversions
    SET user_id = 'anonymous-' || gen_random_uuid(), idempotency_key = 'anonymous-' || conversion_id, properties = '{}'
    WHERE conversion_id IN (
        SELECT conversion_id FROM conversions_without_record(cutoff) AS conversion_id LIMIT most - done);
    GET DIAGNOSTICS more = ROW_COUNT;
    RETURN done + more;
END
$$;

CREATE FUNCTION links_without_record(cutoff timestamptz) RETURNS SETOF uuid
    LANGUAGE sql STABLE
AS $$
    SELECT link_id FROM identity_links AS link
    WHERE occurred_at < cutoff
      AND NOT EXISTS (SELECT FROM attributions AS record WHERE record.user_id = link.user_id)
$$;

-- One that is anonymous already has a key that says so.
CREATE FUNCTION conversions_without_record(cutoff timestamptz) RETURNS SETOF uuid
    LANGUAGE sql STABLE
AS $$
    SELECT conversion_id FROM conversions AS conversion
    WHERE occurred_at < cutoff AND idempotency_key <> 'anonymous-' || conversion_id
      AND NOT EXISTS (SELECT FROM attributions AS record WHERE record.user_id = conversion.user_id)
$$;
