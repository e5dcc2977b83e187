-- Lists and reports of one channel, newest signup first; first and last touch.
CREATE INDEX CONCURRENTLY IF NOT EXISTS attributions_by_channel ON attributions (channel, signed_up_at DESC, user_id);
CREATE INDEX CONCURRENTLY IF NOT EXISTS attributions_by_last_channel ON attributions (last_channel, signed_up_at DESC);
-- Finds the rows from before channels at once, and is empty ever after.
CREATE INDEX CONCURRENTLY IF NOT EXISTS attributions_unclassified ON attributions (user_id) WHERE channel IS NULL;
