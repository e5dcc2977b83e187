/** What users did that is worth counting: purchases, upgrades, refunds. Each is stored once, with exact money. */
@NullMarked
package com.vibnai.attribution.conversion;

import org.jspecify.annotations.NullMarked;
