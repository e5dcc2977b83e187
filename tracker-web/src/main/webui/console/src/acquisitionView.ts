import type { Parameters } from "./client";
import { intervalOf, type Period, PRESETS, type Preset, periodOf, startOf, today } from "./period";
import type { Measure, Side } from "./types";

/** What users can be grouped and filtered by, with how a value that is absent reads. */
export const DIMENSIONS = {
  channel: { one: "Channel", none: "No channel", next: "utm_campaign" },
  utm_source: { one: "Source", none: "Without source", next: "utm_campaign" },
  utm_medium: { one: "Medium", none: "Without medium", next: "utm_campaign" },
  utm_campaign: { one: "Campaign", none: "Without campaign", next: "utm_content" },
  utm_content: { one: "Content", none: "Without content", next: "utm_term" },
  utm_term: { one: "Term", none: "Without term", next: null },
  landing_page: { one: "Landing page", none: "Without landing page", next: "utm_campaign" },
  referrer_host: { one: "Referrer", none: "Without referrer", next: "utm_campaign" },
  trust: { one: "Trust", none: "Without trust", next: "channel" },
} as const;
export type Dimension = keyof typeof DIMENSIONS;

/** What the list of users can be narrowed by. */
const OF_USERS: readonly string[] = ["channel", "utm_source", "utm_medium", "utm_campaign"];
const INTERVALS = ["auto", "day", "week", "month"] as const;
export type Interval = (typeof INTERVALS)[number];

/** An empty value is "without one". */
export type Filter = [dimension: Dimension, value: string];

/** How the report is looked at; everything that a link to it holds. */
export interface View {
  period: Preset | Period;
  by: Dimension;
  touch: Side | "both";
  interval: Interval;
  compare: boolean;
  filters: Filter[];
  measure: Measure;
  shape: "columns" | "lines";
  /** Of the chart, when both touches are shown. */
  side: Side;
  sort: string;
}

export const START: View = {
  period: "30d",
  by: "channel",
  touch: "first",
  interval: "auto",
  compare: false,
  filters: [],
  measure: "signups",
  shape: "columns",
  side: "first",
  sort: "-signups",
};

const DATE = /^\d{4}-\d\d-\d\d$/;
const isDimension = (name: string): name is Dimension => Object.hasOwn(DIMENSIONS, name);
const among = <T extends string>(value: string | null, values: readonly T[], otherwise: T): T =>
  values.find((known) => known === value) ?? otherwise;

/** Reads a view from a link; what is not understood is as at the start. */
export function readView(text: string): View {
  const query = new URLSearchParams(text);
  const [from, to] = [query.get("from") ?? "", query.get("to") ?? ""];
  const dates = DATE.test(from) && DATE.test(to) && from < to;
  return {
    period: dates ? { from, to } : among(query.get("period"), Object.keys(PRESETS) as Preset[], "30d"),
    by: among(query.get("by"), Object.keys(DIMENSIONS) as Dimension[], START.by),
    touch: among(query.get("touch"), ["first", "last", "both"], START.touch),
    interval: among(query.get("interval"), INTERVALS, START.interval),
    compare: query.get("compare") === "previous",
    filters: [...query].filter((pair): pair is Filter => isDimension(pair[0])),
    measure: among(query.get("measure"), ["signups", "converted_users"], START.measure),
    shape: among(query.get("shape"), ["columns", "lines"], START.shape),
    side: among(query.get("side"), ["first", "last"], START.side),
    sort: query.get("sort") ?? START.sort,
  };
}

/** A view as text for a link; what is as at the start is left out. */
export function writeView(view: View): string {
  const query = new URLSearchParams();
  if (typeof view.period === "object") {
    query.set("from", view.period.from);
    query.set("to", view.period.to);
  } else if (view.period !== START.period) query.set("period", view.period);
  for (const name of ["by", "touch", "interval", "measure", "shape", "side", "sort"] as const)
    if (view[name] !== START[name]) query.set(name, view[name]);
  if (view.compare) query.set("compare", "previous");
  for (const [dimension, value] of view.filters) query.append(dimension, value);
  return query.toString();
}

export const datesOf = (view: View, timeZone: string): Period =>
  typeof view.period === "object" ? view.period : periodOf(view.period, today(timeZone));

/** The report's query. */
export function reportOf(view: View, timeZone: string): Parameters {
  const { from, to } = datesOf(view, timeZone);
  return [
    ["by", view.by],
    ["touch", view.touch],
    ["interval", view.interval === "auto" ? intervalOf({ from, to }) : view.interval],
    ["time_zone", timeZone],
    ["from", from],
    ["to", to],
    ["compare", view.compare ? "previous" : "none"],
    ...view.filters,
  ];
}

/** The query of the users behind a view, or null where they cannot be told apart by it. */
export function usersOf(view: View, timeZone: string): Parameters | null {
  const names = view.filters.map(([name]) => name);
  const narrow = view.filters.every(([name, value]) => OF_USERS.includes(name) && value !== "");
  if (!narrow || new Set(names).size < names.length) return null;
  const { from, to } = datesOf(view, timeZone);
  return [...view.filters, ["from", startOf(from, timeZone)], ["to", startOf(to, timeZone)]];
}

/** One step into a group: only it, by the next thing to tell its users apart. */
export function drill(view: View, value: string | null): View {
  const filters: Filter[] = [...view.filters.filter(([name]) => name !== view.by), [view.by, value ?? ""]];
  return { ...view, filters, by: DIMENSIONS[view.by].next ?? view.by };
}
