/** Every error is an RFC 9457 problem; the status lives on the exception, one class maps them all. */
@NullMarked
package com.vibnai.umami.platform.problem;

import org.jspecify.annotations.NullMarked;
