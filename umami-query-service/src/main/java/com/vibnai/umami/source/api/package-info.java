/**
 * Umami's REST API as the source of events, for Umami Cloud and sites without database access: the same answers at the
 * price of a call or two for each session, within a limit of calls. Of a session the API tells at most 500 events at a time,
 * newest first, so everything here reads backwards; times have milliseconds.
 */
@NullMarked
package com.vibnai.umami.source.api;

import org.jspecify.annotations.NullMarked;
