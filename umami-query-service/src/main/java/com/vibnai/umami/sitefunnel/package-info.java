/**
 * How many visitors of a site reach each of some steps, from the first page to the paying customer. Umami says what was
 * seen, attribution-service who it was, who signed up and who converted; {@link com.vibnai.umami.sitefunnel.Visitors} and
 * {@link com.vibnai.umami.sitefunnel.Chain} put that together without either of them.
 */
@NullMarked
package com.vibnai.umami.sitefunnel;

import org.jspecify.annotations.NullMarked;
