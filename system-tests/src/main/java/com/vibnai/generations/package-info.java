/** Several versions of Umami side by side, for tests of what must hold with each of them. */
@NullMarked
package com.vibnai.generations;

import org.jspecify.annotations.NullMarked;
