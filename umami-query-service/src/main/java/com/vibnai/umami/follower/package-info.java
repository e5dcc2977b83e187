/**
 * Work that goes on beside the answers, by one replica at a time ({@link com.vibnai.umami.follower.LeasedLoop}), and the
 * follower: it turns what Umami's own tables say about who was in which session into identity links, from the first row
 * on and then as rows appear, so that history from before this project was installed becomes cheap to find, too.
 */
@NullMarked
package com.vibnai.umami.follower;

import org.jspecify.annotations.NullMarked;
