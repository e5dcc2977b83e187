package com.vibnai.attribution.channel;

/**
 * What the presence of a click id says.
 *
 * @param kind of the platform that adds it
 * @param paid whether the platform adds it to clicks on ads only
 */
record ClickId(SourceKind kind, boolean paid) {}
