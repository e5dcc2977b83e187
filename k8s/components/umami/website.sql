-- The website that the tracker reports to, and an administrator without the password that everybody knows.
INSERT INTO website (website_id, name, domain)
VALUES (:'website_id'::uuid, :'website_name', :'website_domain')
ON CONFLICT DO NOTHING;

SELECT to_regclass('"user"') IS NOT NULL AS has_users \gset
\if :has_users
CREATE EXTENSION IF NOT EXISTS pgcrypto;
UPDATE website SET user_id = admin.user_id, created_by = admin.user_id
FROM "user" AS admin
WHERE website_id = :'website_id'::uuid AND website.user_id IS NULL AND admin.username = 'admin';
-- The hash that Umami's first migration writes: of the word umami.
UPDATE "user" SET password = crypt(:'admin_password', gen_salt('bf', 10))
WHERE username = 'admin' AND password = '$2b$10$BUli0c.muyCW1ErNJc3jL.vFRFtFJWrT8/GcR4A.sUdCznaXiqFXa';
\endif
