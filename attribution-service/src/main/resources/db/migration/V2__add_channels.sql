-- What a touch was found to be, by which rule, and by which version of the rules. Rows from before are classified by a
-- background job. recorded_by is the name of the key that wrote the first touch as it stands.
ALTER TABLE attributions
    ADD COLUMN channel varchar(40),
    ADD COLUMN channel_rule varchar(80),
    ADD COLUMN channel_ruleset varchar(80),
    ADD COLUMN last_channel varchar(40),
    ADD COLUMN last_channel_rule varchar(80),
    ADD COLUMN last_channel_ruleset varchar(80),
    ADD COLUMN recorded_by varchar(80);

-- Re-classifications and how far they are. One runs at a time, under an advisory lock.
CREATE TABLE channel_jobs (
    job_id uuid PRIMARY KEY,
    ruleset varchar(80) NOT NULL,
    requested_by varchar(80) NOT NULL,
    state varchar(10) NOT NULL CHECK (state IN ('running', 'done', 'failed')),
    total bigint NOT NULL,
    seen bigint NOT NULL DEFAULT 0,
    changed bigint NOT NULL DEFAULT 0,
    started_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    finished_at timestamptz
);
CREATE INDEX channel_jobs_by_start ON channel_jobs (started_at DESC);
