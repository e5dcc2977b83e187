-- All links of a user, also those that were taken back: for access, erasure, and so that a claim that was taken back is
-- not made again by a retry.
CREATE INDEX identity_links_of_user ON identity_links (user_id);

-- Who owns which stretch of these sessions, for reading in bulk; the same as Ownership.java, which a test holds it to. Each
-- instant has at most one owner: the user of an identified link; else of the earliest before_login link whose interval
-- holds it; else of the latest session link at or before it, where the first one reaches back to its own beginning.
CREATE FUNCTION identity_segments(website_ids uuid[], session_ids uuid[], grace interval)
    RETURNS TABLE (
        website_id uuid,
        session_id uuid,
        link_id uuid,
        user_id varchar(255),
        kind varchar(12),
        source varchar(10),
        valid_from timestamptz,
        valid_until timestamptz,
        shared boolean)
    LANGUAGE sql STABLE PARALLEL SAFE
AS $$
    WITH wanted AS (
        SELECT DISTINCT asked.website_id, asked.session_id
        FROM unnest(website_ids, session_ids) AS asked (website_id, session_id)),
    links AS (
        SELECT link.website_id, link.session_id, link.link_id, link.user_id, link.kind, link.source, link.occurred_at,
               CASE link.kind WHEN 'before_login' THEN link.claimed_from - grace ELSE link.claimed_from END AS begins,
               link.occurred_at + grace AS ends,
               row_number() OVER (
                   PARTITION BY link.website_id, link.session_id, link.kind
                   ORDER BY link.occurred_at, link.claimed_from NULLS FIRST, link.user_id, link.link_id) AS place
        FROM wanted
        JOIN identity_links AS link USING (website_id, session_id)
        WHERE link.unlinked_at IS NULL),
    shares AS (
        SELECT links.website_id, links.session_id, count(DISTINCT links.user_id) > 1 AS shared
        FROM links
        GROUP BY links.website_id, links.session_id),
    bounds AS (
        SELECT links.website_id, links.session_id, '-infinity'::timestamptz AS at FROM links
        UNION
        SELECT links.website_id, links.session_id, links.begins FROM links
        WHERE links.begins IS NOT NULL AND (links.kind = 'before_login' OR links.kind = 'session' AND links.place = 1)
        UNION
        SELECT links.website_id, links.session_id, links.ends FROM links WHERE links.kind = 'before_login'
        UNION
        SELECT links.website_id, links.session_id, links.occurred_at FROM links WHERE links.kind = 'session'),
    stretches AS (
        SELECT bounds.website_id, bounds.session_id, bounds.at AS begins,
               lead(bounds.at, 1, 'infinity') OVER (
                   PARTITION BY bounds.website_id, bounds.session_id ORDER BY bounds.at) AS ends
        FROM bounds),
    owned AS (
        SELECT stretch.website_id, stretch.session_id, stretch.begins, stretch.ends, owner.*
        FROM stretches AS stretch
        CROSS JOIN LATERAL (
            SELECT links.link_id, links.user_id, links.kind, links.source
            FROM links
            WHERE links.website_id = stretch.website_id AND links.session_id = stretch.session_id
              AND CASE links.kind
                  WHEN 'identified' THEN true
                  WHEN 'before_login' THEN
                      (links.begins IS NULL OR links.begins <= stretch.begins) AND stretch.begins < links.ends
                  ELSE links.occurred_at <= stretch.begins
                      OR links.place = 1 AND (links.begins IS NULL OR links.begins <= stretch.begins)
                  END
            ORDER BY CASE links.kind WHEN 'identified' THEN 1 WHEN 'before_login' THEN 2 ELSE 3 END,
                     CASE links.kind WHEN 'session' THEN -links.place ELSE links.place END
            LIMIT 1) AS owner),
    marked AS (
        SELECT owned.*,
               CASE WHEN owned.link_id = lag(owned.link_id) OVER neighbours
                     AND owned.begins = lag(owned.ends) OVER neighbours THEN 0 ELSE 1 END AS another
        FROM owned
        WINDOW neighbours AS (PARTITION BY owned.website_id, owned.session_id ORDER BY owned.begins)),
    numbered AS (
        SELECT marked.*, sum(marked.another) OVER (
            PARTITION BY marked.website_id, marked.session_id ORDER BY marked.begins) AS number
        FROM marked)
    SELECT numbered.website_id, numbered.session_id, numbered.link_id, numbered.user_id, numbered.kind, numbered.source,
           nullif(min(numbered.begins), '-infinity'), nullif(max(numbered.ends), 'infinity'), shares.shared
    FROM numbered
    JOIN shares USING (website_id, session_id)
    GROUP BY numbered.website_id, numbered.session_id, numbered.number, numbered.link_id, numbered.user_id,
             numbered.kind, numbered.source, shares.shared
    ORDER BY numbered.website_id, numbered.session_id, min(numbered.begins)
$$;
