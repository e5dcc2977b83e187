import type { Conversion, TrailEvent } from "./types";

export interface Milestone {
  id: string;
  at: string;
  kind: "signup" | "conversion";
  label: string;
  conversion?: Conversion;
}

export type Entry = { at: string; event: TrailEvent } | { at: string; milestone: Milestone };

/** Entries of one visit with one device, newest first; milestones between visits stand alone. */
export interface Block {
  key: string;
  /** An event that says which device it was; null for milestones outside of any visit. */
  seen: TrailEvent | null;
  entries: Entry[];
}

/** Both lists as one, newest first, each event once: pages overlap when new events arrive in between. */
export function merge(known: TrailEvent[], more: TrailEvent[]): TrailEvent[] {
  const byId = new Map([...known, ...more].map((event) => [event.event_id, event]));
  return [...byId.values()].sort((a, b) => newer(a.occurred_at, b.occurred_at) || newer(a.event_id, b.event_id));
}

/** By time, whatever the number of its decimals. */
const newer = (a: string, b: string): number => {
  const [first, second] = [Date.parse(a), Date.parse(b)];
  return (second || 0) - (first || 0) || (a < b ? 1 : a > b ? -1 : 0);
};

const visitOf = (event: TrailEvent): string => `${event.session_id}/${event.visit_id ?? ""}`;

/** Events and milestones by visit, newest first. Milestones older than the last event wait for it while `more` may come. */
export function timeline(events: TrailEvent[], milestones: Milestone[], more: boolean): Block[] {
  const oldest = events.at(-1)?.occurred_at;
  const shown = milestones.filter(({ at }) => !more || (oldest !== undefined && newer(at, oldest) <= 0));
  const entries: Entry[] = [
    ...events.map((event) => ({ at: event.occurred_at, event })),
    ...shown.map((milestone) => ({ at: milestone.at, milestone })),
  ].sort((a, b) => newer(a.at, b.at));
  const blocks: Block[] = [];
  for (const [at, entry] of entries.entries()) {
    const current = blocks.at(-1);
    if ("milestone" in entry) {
      const next = entries.slice(at + 1).find((later) => "event" in later);
      const within = current?.seen && next && "event" in next && visitOf(next.event) === visitOf(current.seen);
      // Between two visits a milestone stands alone.
      if (current && (within || !current.seen)) current.entries.push(entry);
      else blocks.push({ key: entry.milestone.id, seen: null, entries: [entry] });
    } else if (current?.seen && visitOf(current.seen) === visitOf(entry.event)) current.entries.push(entry);
    else blocks.push({ key: entry.event.event_id, seen: entry.event, entries: [entry] });
  }
  // The key stays when newer events come: it is the oldest event's.
  return blocks.map((block) => {
    const last = block.entries.at(-1);
    return last && "event" in last ? { ...block, key: last.event.event_id } : block;
  });
}
