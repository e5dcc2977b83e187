/** Who did what with a key that may administrate; nothing in it is personal. */
@NullMarked
package com.vibnai.attribution.platform.audit;

import org.jspecify.annotations.NullMarked;
