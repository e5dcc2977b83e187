/**
 * Where events come from. {@link com.vibnai.umami.source.EventSource} is all that the features (funnel, trail, session,
 * identity, …) know of Umami: they hand in {@linkplain com.vibnai.umami.source.Segment segments}, who was where, and get
 * plain records back. Two packages implement it: {@code database} reads Umami's PostgreSQL, {@code api} asks its REST API;
 * {@code umami.source} says which one serves. What a source cannot give is null (or an empty list), never guessed, and
 * named in {@link com.vibnai.umami.source.SourceDescription#limits}; {@code GET /v1/source} shows it. One contract test
 * holds both to the same answers.
 *
 * <p>The rules every source keeps: page views and custom events only; segments are half-open; order is by time and, where
 * that is equal, by event id; no call takes longer than the time limit or more rows than asked for; a source that does not
 * answer fails with a 503.
 */
@NullMarked
package com.vibnai.umami.source;

import org.jspecify.annotations.NullMarked;
