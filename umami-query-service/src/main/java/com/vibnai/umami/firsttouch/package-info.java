/**
 * The first touch of a user as Umami saw it, where nothing was stored on a device: the first event that says where the
 * visitor came from ({@link com.vibnai.umami.firsttouch.RecoveredTouch}). Answered on request, and given by itself to
 * attribution-service for signups that have a direct first touch.
 */
@NullMarked
package com.vibnai.umami.firsttouch;

import org.jspecify.annotations.NullMarked;
