package com.vibnai.attribution.firsttouch;

import com.vibnai.attribution.platform.security.Trust;

/**
 * Who tells of a signup.
 *
 * @param trust how it is known that it is about that user
 * @param source where touches of this sender come from, unless they are the cookie's
 * @param name of the key
 */
record Sender(Trust trust, Source source, String name) {

    boolean isServer() {
        return trust == Trust.SERVER;
    }
}
