-- How far each follower of Umami has come, and which of its replicas may go on now. The version grows with every change
-- of hands and every step, so that a replica that slept through its lease cannot take a step back.
CREATE TABLE followers (
    name varchar(40) COLLATE "C" PRIMARY KEY,
    holder varchar(100) NOT NULL,
    lease_until timestamptz NOT NULL,
    version bigint NOT NULL,
    position jsonb,
    updated_at timestamptz NOT NULL
);
