import { attempt } from "./attempt";
import { PARAMETERS } from "./parameters";
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
export function withTouch(kept: Kept, touch?: Touch): Kept {
  if (!touch) return kept;
  const direct = isDirect(touch);
  return {
    ...kept,
    first: kept.first && (direct || !isDirect(kept.first)) ? kept.first : touch,
    last: kept.last && direct ? kept.last : touch,
  };
}

/** What is a touch in content that anyone may have written: known fields, as text, and a time. */
export const cleaned = (value: unknown): Touch | undefined =>
  attempt(() => {
    const given = value as Record<string, unknown>;
    const touch: Touch = { first_seen_at: new Date(given.first_seen_at as string).toISOString() };
    for (const name of [...PARAMETERS, "referrer", "landing_page"]) {
      const field = given[name];
      if (typeof field === "string") touch[name] = field;
    }
    return touch;
  });

/** Reads what an earlier page kept; whatever does not look like ours is ignored. */
export function readKept(): Kept {
  const given = (load() as Record<string, unknown>) || {};
  const kept: Kept = {};
  for (const name of ["first", "last"] as const) {
    const touch = cleaned(given[name]);
    if (touch) kept[name] = touch;
  }
  attempt(() => {
    kept.since = new Date(given.since as string).toISOString();
  });
  return kept;
}
