/**
 * {@code ./abuse}: sends the packaged services what nobody should send, as bytes on raw connections and from a page of a foreign
 * origin, while clients that behave measure whether anybody else notices.
 */
@NullMarked
package com.vibnai.abuse;

import org.jspecify.annotations.NullMarked;
