/** Who calls (keys with scopes, publishable keys) and how a browser proves whose user id it sends. */
@NullMarked
package com.vibnai.attribution.platform.security;

import org.jspecify.annotations.NullMarked;
