package com.vibnai.attribution.acquisition;

import java.util.List;

/**
 * One signup as it is counted.
 *
 * @param day UTC, since 1970
 * @param quarter of an hour, since midnight UTC
 * @param first kind of the first touch
 * @param last kind of the last touch; of the first where there is no other
 * @param timeClass time from the first touch to the signup; negative if it is not known
 * @param earned what followed
 */
record Signup(long day, int quarter, TouchKind first, TouchKind last, int timeClass, List<Earned> earned) {}
