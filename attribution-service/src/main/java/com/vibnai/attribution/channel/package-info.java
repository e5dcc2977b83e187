/**
 * Which channel a touch came through: Google Analytics' default channel groups and {@code AI Assistant}, by rules that stand
 * in a file. An operator's file adds to them and overrides them. The rules read the raw fields and never change them, so a
 * new rule set can classify every record again.
 */
@NullMarked
package com.vibnai.attribution.channel;

import org.jspecify.annotations.NullMarked;
