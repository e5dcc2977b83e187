/** What every feature stands on: problems, keys, how Umami's database is asked. No business rule lives here. */
@NullMarked
package com.vibnai.umami.platform;

import org.jspecify.annotations.NullMarked;
