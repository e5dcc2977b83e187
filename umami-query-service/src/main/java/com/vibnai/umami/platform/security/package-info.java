/** Who calls: keys with scopes. */
@NullMarked
package com.vibnai.umami.platform.security;

import org.jspecify.annotations.NullMarked;
