/** Which user was in which Umami session: links come in, segments (who owns which stretch of a session) go out. */
@NullMarked
package com.vibnai.attribution.identity;

import org.jspecify.annotations.NullMarked;
