/** What every call shares: errors are problems, and who is calling is told even behind a proxy. */
@NullMarked
package com.vibnai.tracker.platform;

import org.jspecify.annotations.NullMarked;
