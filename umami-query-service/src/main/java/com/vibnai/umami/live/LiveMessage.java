package com.vibnai.umami.live;

import com.vibnai.umami.source.Event;

/** What a listener is sent. */
sealed interface LiveMessage {

    /** Umami answers; from here on nothing is missed. */
    record Ready(LivePosition position) implements LiveMessage {}

    /** An event of the user, and what has been sent with it. */
    record Arrived(Event event, LivePosition position) implements LiveMessage {}

    /** More had happened since the listener's last id than is replayed; the trail has it. The stream goes on from now. */
    record Gap(LivePosition position) implements LiveMessage {}

    /** Umami or attribution-service does not answer. The stream stays open and tries on. */
    record Unavailable(String detail) implements LiveMessage {}

    /** Nothing happened. */
    record Heartbeat() implements LiveMessage {}

    /** The last message; the listener may come back with its last id. */
    record End(Reason reason) implements LiveMessage {}

    /** Why a stream ended. */
    enum Reason {
        /** The listener reads more slowly than events arrive. */
        SLOW,
        /** The service goes down. */
        SHUTDOWN,
        /** There are too many streams. */
        LIMIT
    }
}
