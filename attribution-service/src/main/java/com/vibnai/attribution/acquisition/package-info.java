/**
 * Reports: who signed up, through what, and what became of them. Signups are counted from one compact row a day; days that have
 * changed since are read from the tables of the record instead, so a report is exact and up to date at any time.
 */
@NullMarked
package com.vibnai.attribution.acquisition;

import org.jspecify.annotations.NullMarked;
