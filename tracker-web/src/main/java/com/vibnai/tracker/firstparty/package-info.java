/**
 * First-party mode: Umami's script and collector, and attribution-service's two browser calls, under paths of the
 * operator's own domain, so that blockers and CORS lose nothing. Nothing passes in either direction but what is named
 * here, and nothing is reached but what is configured.
 */
@NullMarked
package com.vibnai.tracker.firstparty;

import org.jspecify.annotations.NullMarked;
