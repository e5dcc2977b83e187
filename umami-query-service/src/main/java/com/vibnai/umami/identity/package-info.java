/**
 * Which stretches of which Umami sessions are a user's. A ladder: first the identity links of attribution-service, then
 * what Umami's own tables say, by index where there is one and by a bounded scan where there is none. What is found in
 * Umami goes back to attribution-service as links. Who owns which event is one pure rule,
 * {@link com.vibnai.umami.identity.Ownership}.
 */
@NullMarked
package com.vibnai.umami.identity;

import org.jspecify.annotations.NullMarked;
