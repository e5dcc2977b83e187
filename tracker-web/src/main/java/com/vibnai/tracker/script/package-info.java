/** The browser SDK, from memory: raw, gzip and brotli, with ETags, for any site. */
@NullMarked
package com.vibnai.tracker.script;

import org.jspecify.annotations.NullMarked;
