import { isDirect } from "./readTouch";
import { load } from "./storage";
import type { Touch } from "./types";

/** What is kept of a visitor. */
export interface Kept {
  first?: Touch;
  last?: Touch;
  /** When the visitor before this one signed up or logged out here; nothing earlier is this visitor's. */
  since?: string;
}

/** The rule: a first touch is frozen whole, and only a direct one gives way, to the first that is not. */
export function withTouch(kept: Kept, touch: Touch): Kept {
  const direct = isDirect(touch);
  return {
    ...kept,
    first: kept.first && (direct || !isDirect(kept.first)) ? kept.first : touch,
    last: kept.last && direct ? kept.last : touch,
  };
}

const isTouch = (value?: Touch) =>
  !!value?.first_seen_at && Object.values(value).every((field) => typeof field === "string");

/** Reads what an earlier page kept; whatever does not look like ours is ignored. */
export function readKept(): Kept {
  const { first, last, since } = (load() as Kept) || {};
  return {
    ...(isTouch(first) && { first: first as Touch }),
    ...(isTouch(last) && { last: last as Touch }),
    ...(typeof since === "string" && { since }),
  };
}
