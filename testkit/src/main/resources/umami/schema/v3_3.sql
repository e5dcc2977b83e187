-- What 3.3 added: who was seen in which session, and one value for each key of a session.
CREATE TABLE session_link (
    website_id uuid NOT NULL,
    session_id uuid NOT NULL,
    distinct_id varchar(50) NOT NULL,
    created_at timestamptz(6) DEFAULT now(),
    PRIMARY KEY (website_id, distinct_id, session_id)
);
CREATE INDEX ON session_link (website_id, session_id);
CREATE UNIQUE INDEX ON session_data (session_id, data_key);
