import { attempt } from "./attempt";

/** Each letter has a key of its own, so that two tabs never overwrite each other's. */
export const OUTBOX = "vibn_outbox_";

/** Keys of the letters that are stored. */
export const storedLetters = (): string[] =>
  attempt(() => Object.keys(localStorage).filter((key) => key.startsWith(OUTBOX))) || [];
