/** Milliseconds that anything waits for Umami: an ad blocker must not delay a signup. */
export const PATIENCE = 2000;
