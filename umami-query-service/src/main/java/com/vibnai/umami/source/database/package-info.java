/** Umami's PostgreSQL as a source: one small class for each statement, all through {@link UmamiDatabase}. */
@NullMarked
package com.vibnai.umami.source.database;

import org.jspecify.annotations.NullMarked;
