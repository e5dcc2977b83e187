/** Which stretches of which Umami sessions are a user's, as attribution-service knows them. */
@NullMarked
package com.vibnai.umami.identity;

import org.jspecify.annotations.NullMarked;
