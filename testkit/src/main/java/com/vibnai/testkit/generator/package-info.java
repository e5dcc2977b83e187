/**
 * Large, realistic Umami data: visitors with sessions, visits, page views, custom events and logins, as the generation of
 * the schema at hand would hold them. The same settings make the same rows.
 */
@NullMarked
package com.vibnai.testkit.generator;

import org.jspecify.annotations.NullMarked;
