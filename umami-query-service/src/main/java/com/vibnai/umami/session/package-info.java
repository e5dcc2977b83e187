/** A user's sessions in Umami, one row each. */
@NullMarked
package com.vibnai.umami.session;

import org.jspecify.annotations.NullMarked;
