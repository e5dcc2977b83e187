/** How bodies are read: snake_case, strict about types, silent about fields that nobody asked for. */
@NullMarked
package com.vibnai.attribution.platform.json;

import org.jspecify.annotations.NullMarked;
