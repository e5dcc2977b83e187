/** JSON is snake_case. */
@NullMarked
package com.vibnai.umami.platform.json;

import org.jspecify.annotations.NullMarked;
