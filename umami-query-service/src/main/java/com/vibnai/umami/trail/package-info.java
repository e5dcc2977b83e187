/** A user's latest events in Umami, newest first. */
@NullMarked
package com.vibnai.umami.trail;

import org.jspecify.annotations.NullMarked;
