/** What a touch is: one arrival from outside, how it is sent, cleaned, kept in JSON and answered. Pure rules and records. */
@NullMarked
package com.vibnai.attribution.touch;

import org.jspecify.annotations.NullMarked;
