/**
 * Sets the tracker's cookie from the server, because Safari forgets what a script sets after seven days. Only pages of
 * this service's own site may ask for it, and only for what the tracker itself would store.
 */
@NullMarked
package com.vibnai.tracker.touch;

import org.jspecify.annotations.NullMarked;
