-- A random key of this database. Hashes made with it tell whether two entries are about the same user, and nothing about who
-- that is to somebody who has a list of ids but not this table.
CREATE TABLE privacy_key (
    single boolean PRIMARY KEY DEFAULT true CHECK (single),
    key bytea NOT NULL CHECK (octet_length(key) = 32)
);

INSERT INTO privacy_key (key)
VALUES (sha256(convert_to(gen_random_uuid()::text || gen_random_uuid()::text || gen_random_uuid()::text, 'UTF8')));

CREATE FUNCTION subject_hash(user_id text) RETURNS bytea
    LANGUAGE sql STABLE
AS $$
    SELECT sha256(key || sha256(key || convert_to(user_id, 'UTF8'))) FROM privacy_key
$$;

-- Users who were erased: what a queue or a retry still sends about them is refused until the block ends.
CREATE TABLE erased_users (
    subject bytea PRIMARY KEY,
    erased_at timestamptz NOT NULL DEFAULT now(),
    blocked_until timestamptz NOT NULL
);

-- No write passes an erasure: a writer holds this lock together with others, an erasure holds it alone. So an erasure sees
-- all that was written before it, and what is written after it sees the erasure.
CREATE FUNCTION writes_wait_for_erasures() RETURNS trigger
    LANGUAGE plpgsql
AS $$
BEGIN
    PERFORM pg_advisory_xact_lock_shared(828001, 1);
    RETURN NULL;
END
$$;

-- Costs a look into a table that is mostly empty for each statement, and two hashes a row while it is not.
CREATE FUNCTION refuse_erased_users() RETURNS trigger
    LANGUAGE plpgsql
AS $$
DECLARE
    secret bytea;
BEGIN
    IF EXISTS (SELECT FROM erased_users WHERE blocked_until > now()) THEN
        SELECT key INTO secret FROM privacy_key;
        IF EXISTS (
            SELECT FROM added
            JOIN erased_users ON subject = sha256(secret || sha256(secret || convert_to(added.user_id, 'UTF8')))
            WHERE blocked_until > now())
        THEN
            RAISE EXCEPTION 'the user has been erased' USING ERRCODE = 'VB410';
        END IF;
    END IF;
    RETURN NULL;
END
$$;

CREATE TRIGGER wait_for_erasures BEFORE INSERT ON attributions
    FOR EACH STATEMENT EXECUTE FUNCTION writes_wait_for_erasures();
CREATE TRIGGER wait_for_erasures BEFORE INSERT ON identity_links
    FOR EACH STATEMENT EXECUTE FUNCTION writes_wait_for_erasures();
CREATE TRIGGER wait_for_erasures BEFORE INSERT ON conversions
    FOR EACH STATEMENT EXECUTE FUNCTION writes_wait_for_erasures();
CREATE TRIGGER refuse_erased AFTER INSERT ON attributions REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_erased_users();
CREATE TRIGGER refuse_erased AFTER INSERT ON identity_links REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_erased_users();
CREATE TRIGGER refuse_erased AFTER INSERT ON conversions REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_erased_users();

-- Tables that hold something of a user: those with a column user_id. A table that is made later is covered, too.
CREATE FUNCTION tables_about_users() RETURNS SETOF regclass
    LANGUAGE sql STABLE
AS $$
    SELECT pg_class.oid::regclass
    FROM pg_class
    JOIN pg_attribute ON attrelid = pg_class.oid
    WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition
      AND attname = 'user_id' AND NOT attisdropped
    ORDER BY relname
$$;

-- All that is held of a user: an object with the rows of each table.
CREATE FUNCTION user_data(asked text) RETURNS jsonb
    LANGUAGE plpgsql STABLE
AS $$
DECLARE
    holder regclass;
    found jsonb;
    held jsonb := '{}';
BEGIN
    FOR holder IN SELECT * FROM tables_about_users() LOOP
        EXECUTE format('SELECT coalesce(jsonb_agg(to_jsonb(held_row)), ''[]'') FROM %s AS held_row WHERE user_id = $1', holder)
            INTO found USING asked;
        held := held || jsonb_build_object(holder::text, found);
    END LOOP;
    RETURN held;
END
$$;

CREATE FUNCTION erase_user(erased text, block interval) RETURNS void
    LANGUAGE plpgsql
AS $$
DECLARE
    holder regclass;
BEGIN
    PERFORM pg_advisory_xact_lock(828001, 1);
    DELETE FROM erased_users WHERE blocked_until <= now();
    INSERT INTO erased_users (subject, blocked_until) VALUES (subject_hash(erased), now() + block)
    ON CONFLICT (subject) DO UPDATE SET erased_at = excluded.erased_at, blocked_until = excluded.blocked_until;
    FOR holder IN SELECT * FROM tables_about_users() LOOP
        EXECUTE format('DELETE FROM %s WHERE user_id = $1', holder) USING erased;
    END LOOP;
END
$$;

-- Who did what with a key that may administrate. About whom is a hash; nothing here is personal.
CREATE TABLE audit_log (
    audit_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at timestamptz NOT NULL DEFAULT now(),
    actor varchar(100) NOT NULL,
    action varchar(100) NOT NULL,
    status smallint NOT NULL,
    subject bytea
);

CREATE INDEX audit_log_about ON audit_log (subject, audit_id DESC) WHERE subject IS NOT NULL;
