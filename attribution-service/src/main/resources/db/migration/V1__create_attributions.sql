-- One row a user, written once at signup and kept for good. A first touch is frozen whole: the only change ever made to
-- it is the replacement of a direct one by the first non-direct one, which leaves the replaced touch in replaced_touch.
CREATE TABLE attributions (
    user_id varchar(255) COLLATE "C" PRIMARY KEY,

    utm_source varchar(255),
    utm_medium varchar(255),
    utm_campaign varchar(255),
    utm_term varchar(255),
    utm_content varchar(255),
    utm_id varchar(255),
    utm_source_platform varchar(255),
    click_ids jsonb NOT NULL,
    referrer varchar(2048),
    landing_page varchar(2048),
    first_seen_at timestamptz,
    direct boolean NOT NULL,

    last_touch jsonb,

    trust varchar(10) NOT NULL CHECK (trust IN ('server', 'signed', 'jwt', 'none')),
    source varchar(10) NOT NULL CHECK (source IN ('browser', 'server', 'cookie', 'import', 'umami')),
    signed_up_at timestamptz NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),

    replaced_touch jsonb,
    replaced_at timestamptz,
    replaced_because varchar(40)
);

CREATE INDEX attributions_by_signup ON attributions (signed_up_at DESC, user_id);

-- Who was in which Umami session, and when. Append-only: a link that was wrong is marked, not deleted.
CREATE TABLE identity_links (
    link_id uuid PRIMARY KEY,
    user_id varchar(255) COLLATE "C" NOT NULL,
    website_id uuid NOT NULL,
    session_id uuid NOT NULL,
    visit_id uuid,
    kind varchar(12) NOT NULL CHECK (kind IN ('before_login', 'identified', 'session')),
    claimed_from timestamptz,
    occurred_at timestamptz NOT NULL,
    trust varchar(10) NOT NULL CHECK (trust IN ('server', 'signed', 'jwt', 'none')),
    source varchar(10) NOT NULL CHECK (source IN ('browser', 'server', 'umami')),
    created_at timestamptz NOT NULL DEFAULT now(),
    unlinked_at timestamptz,
    unlinked_because varchar(255)
);

-- A link that is sent twice is one link.
CREATE UNIQUE INDEX identity_links_once ON identity_links (user_id, website_id, session_id, kind, occurred_at)
    WHERE unlinked_at IS NULL;
-- A session that carries the user's own id needs to be told once.
CREATE UNIQUE INDEX identity_links_identified_once ON identity_links (user_id, website_id, session_id)
    WHERE unlinked_at IS NULL AND kind = 'identified';
CREATE INDEX identity_links_of_session ON identity_links (website_id, session_id) WHERE unlinked_at IS NULL;
