/** The stand-in for Umami's REST API: logins and keys, and what it answers about websites, sessions and events. */
@NullMarked
package com.vibnai.testkit.umami.api;

import org.jspecify.annotations.NullMarked;
