/** Funnel and trail of a user in one call: the original admin view. */
@NullMarked
package com.vibnai.umami.profile;

import org.jspecify.annotations.NullMarked;
