/** A user's totals and milestones in Umami, from the first page ever seen to the signup and after. */
@NullMarked
package com.vibnai.umami.funnel;

import org.jspecify.annotations.NullMarked;
