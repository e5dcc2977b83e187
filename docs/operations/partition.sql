-- Splits attributions into 16 hash partitions by user, in one transaction, while the service is stopped (or its writes wait).
-- Every statement of the service names the user, so each touches one partition. Tried by a test on the migrated schema.
--   psql --single-transaction --set=ON_ERROR_STOP=1 --file=partition.sql "postgresql://…/attribution"
LOCK TABLE attributions IN ACCESS EXCLUSIVE MODE;

CREATE TABLE attributions_partitioned (LIKE attributions INCLUDING ALL) PARTITION BY HASH (user_id);

DO $$
BEGIN
    FOR part IN 0..15 LOOP
        EXECUTE format(
            'CREATE TABLE attributions_p%s PARTITION OF attributions_partitioned FOR VALUES WITH (MODULUS 16, REMAINDER %s)',
            part, part);
    END LOOP;
END
$$;

INSERT INTO attributions_partitioned SELECT * FROM attributions;

ALTER TABLE attributions RENAME TO attributions_unpartitioned;
ALTER TABLE attributions_partitioned RENAME TO attributions;

-- Erasure and reports hang on triggers, which LIKE does not copy.
DO $$
DECLARE
    definition text;
BEGIN
    FOR definition IN
        SELECT pg_get_triggerdef(oid) FROM pg_trigger
        WHERE tgrelid = 'attributions_unpartitioned'::regclass AND NOT tgisinternal
    LOOP
        EXECUTE replace(definition, 'attributions_unpartitioned', 'attributions');
    END LOOP;
END
$$;
-- When everything runs: DROP TABLE attributions_unpartitioned;
