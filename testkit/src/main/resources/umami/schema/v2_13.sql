-- Umami 2.13, PostgreSQL: the tables that carry a visitor's history.
CREATE TABLE website (
    website_id uuid PRIMARY KEY,
    name varchar(100) NOT NULL,
    domain varchar(500),
    reset_at timestamptz(6),
    created_at timestamptz(6) DEFAULT now(),
    deleted_at timestamptz(6)
);

CREATE TABLE session (
    session_id uuid PRIMARY KEY,
    website_id uuid NOT NULL,
    hostname varchar(100),
    browser varchar(20),
    os varchar(20),
    device varchar(20),
    screen varchar(11),
    language varchar(35),
    country char(2),
    subdivision1 varchar(20),
    subdivision2 varchar(50),
    city varchar(50),
    created_at timestamptz(6) DEFAULT now()
);
CREATE INDEX ON session (created_at);
CREATE INDEX ON session (website_id);
CREATE INDEX ON session (website_id, created_at);

CREATE TABLE website_event (
    event_id uuid PRIMARY KEY,
    website_id uuid NOT NULL,
    session_id uuid NOT NULL,
    visit_id uuid NOT NULL,
    created_at timestamptz(6) DEFAULT now(),
    url_path varchar(500) NOT NULL,
    url_query varchar(500),
    referrer_path varchar(500),
    referrer_query varchar(500),
    referrer_domain varchar(500),
    page_title varchar(500),
    event_type int NOT NULL DEFAULT 1,
    event_name varchar(50)
);
CREATE INDEX ON website_event (created_at);
CREATE INDEX ON website_event (session_id);
CREATE INDEX ON website_event (visit_id);
CREATE INDEX ON website_event (website_id);
CREATE INDEX ON website_event (website_id, created_at);
CREATE INDEX ON website_event (website_id, created_at, url_path);
CREATE INDEX ON website_event (website_id, created_at, url_query);
CREATE INDEX ON website_event (website_id, created_at, referrer_domain);
CREATE INDEX ON website_event (website_id, created_at, page_title);
CREATE INDEX ON website_event (website_id, created_at, event_name);
CREATE INDEX ON website_event (website_id, session_id, created_at);
CREATE INDEX ON website_event (website_id, visit_id, created_at);

CREATE TABLE event_data (
    event_data_id uuid PRIMARY KEY,
    website_id uuid NOT NULL,
    website_event_id uuid NOT NULL,
    data_key varchar(500) NOT NULL,
    string_value varchar(500),
    number_value decimal(19, 4),
    date_value timestamptz(6),
    data_type int NOT NULL,
    created_at timestamptz(6) DEFAULT now()
);
CREATE INDEX ON event_data (created_at);
CREATE INDEX ON event_data (website_id);
CREATE INDEX ON event_data (website_event_id);
CREATE INDEX ON event_data (website_id, created_at, data_key);

CREATE TABLE session_data (
    session_data_id uuid PRIMARY KEY,
    website_id uuid NOT NULL,
    session_id uuid NOT NULL,
    data_key varchar(500) NOT NULL,
    string_value varchar(500),
    number_value decimal(19, 4),
    date_value timestamptz(6),
    data_type int NOT NULL,
    created_at timestamptz(6) DEFAULT now()
);
CREATE INDEX ON session_data (created_at);
CREATE INDEX ON session_data (website_id);
CREATE INDEX ON session_data (session_id);
CREATE INDEX ON session_data (session_id, created_at);
CREATE INDEX ON session_data (website_id, created_at, data_key);
