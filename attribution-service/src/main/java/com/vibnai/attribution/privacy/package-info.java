/** What a person may ask for: access to all that is held, erasure, and that records do not tell for ever whose they are. */
@NullMarked
package com.vibnai.attribution.privacy;

import org.jspecify.annotations.NullMarked;
