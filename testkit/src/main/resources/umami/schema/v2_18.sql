-- What 2.14 to 2.18 changed: campaign columns and hostname on events, regions and distinct ids on sessions.
ALTER TABLE website_event
    ADD COLUMN tag varchar(50),
    ADD COLUMN hostname varchar(100),
    ADD COLUMN utm_source varchar(255),
    ADD COLUMN utm_medium varchar(255),
    ADD COLUMN utm_campaign varchar(255),
    ADD COLUMN utm_content varchar(255),
    ADD COLUMN utm_term varchar(255),
    ADD COLUMN gclid varchar(255),
    ADD COLUMN fbclid varchar(255),
    ADD COLUMN msclkid varchar(255),
    ADD COLUMN ttclid varchar(255),
    ADD COLUMN li_fat_id varchar(255),
    ADD COLUMN twclid varchar(255);
CREATE INDEX ON website_event (website_id, created_at, tag);
CREATE INDEX ON website_event (website_id, created_at, hostname);

ALTER TABLE session
    DROP COLUMN hostname,
    DROP COLUMN subdivision1,
    DROP COLUMN subdivision2,
    ADD COLUMN region varchar(20),
    ADD COLUMN distinct_id varchar(50);

ALTER TABLE session_data ADD COLUMN distinct_id varchar(50);
