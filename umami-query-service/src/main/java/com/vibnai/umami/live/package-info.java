/**
 * A user's events as they arrive, as Server-Sent Events. One poller serves all listeners of a user, however many there are
 * ({@link com.vibnai.umami.live.Poller}); what a listener has been sent is a value that travels with each message
 * ({@link com.vibnai.umami.live.LivePosition}), so that any replica can go on where another stopped.
 */
@NullMarked
package com.vibnai.umami.live;

import org.jspecify.annotations.NullMarked;
