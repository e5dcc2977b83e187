/** What every feature stands on: problems, keys, JSON. No business rule lives here. */
@NullMarked
package com.vibnai.attribution.platform;

import org.jspecify.annotations.NullMarked;
