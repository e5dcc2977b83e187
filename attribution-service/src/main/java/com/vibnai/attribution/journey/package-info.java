/**
 * From a visit to a customer: who was in a Umami session, when they signed up, and which conversions followed. What
 * umami-query-service needs for a funnel of the whole site, in bounded pages.
 */
@NullMarked
package com.vibnai.attribution.journey;

import org.jspecify.annotations.NullMarked;
