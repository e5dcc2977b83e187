/**
 * Keeps for umami-query-service, which has no tables, how far its followers have come, and lets one replica at a time go on.
 */
@NullMarked
package com.vibnai.attribution.follower;

import org.jspecify.annotations.NullMarked;
