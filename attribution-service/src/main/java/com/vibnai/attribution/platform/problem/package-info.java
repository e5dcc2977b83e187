/** Every error is an RFC 9457 problem; the status lives on the exception, one class maps them all. */
@NullMarked
package com.vibnai.attribution.platform.problem;

import org.jspecify.annotations.NullMarked;
