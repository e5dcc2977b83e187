-- What a user did that is worth counting: a purchase, an upgrade, a refund. Sent by servers, once each by idempotency key.
-- There is no foreign key to attributions: a conversion may arrive before its user's record.
CREATE TABLE conversions (
    conversion_id uuid PRIMARY KEY,
    idempotency_key varchar(255) COLLATE "C" NOT NULL UNIQUE,
    user_id varchar(255) COLLATE "C" NOT NULL,
    name varchar(100) NOT NULL,
    occurred_at timestamptz NOT NULL,
    value numeric(19, 4),
    currency char(3),
    properties jsonb NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT conversions_value_has_currency CHECK ((value IS NULL) = (currency IS NULL))
);

CREATE INDEX conversions_by_time ON conversions (occurred_at DESC, conversion_id);
CREATE INDEX conversions_of_user ON conversions (user_id, occurred_at DESC, conversion_id);
CREATE INDEX conversions_by_name ON conversions (name, occurred_at DESC, conversion_id);
