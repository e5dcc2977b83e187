export interface Period {
  /** Local dates; `from` is included, `to` is not. */
  from: string;
  to: string;
}

export const PRESETS = {
  "7d": "Last 7 days",
  "30d": "Last 30 days",
  "90d": "Last 90 days",
  month: "This month",
  "last-month": "Last month",
} as const;
export type Preset = keyof typeof PRESETS;

const DAY = 86_400_000;

/** The date in a time zone, YYYY-MM-DD. */
export function today(timeZone: string, now = Date.now()): string {
  const parts = new Intl.DateTimeFormat("en", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" });
  const part = Object.fromEntries(parts.formatToParts(now).map(({ type, value }) => [type, value]));
  return `${part.year}-${part.month}-${part.day}`;
}

export const plusDays = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);

export const daysOf = ({ from, to }: Period): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY);

const firstOfMonth = (date: string, months = 0): string => {
  const [year, month] = date.split("-").map(Number) as [number, number];
  return new Date(Date.UTC(year, month - 1 + months, 1)).toISOString().slice(0, 10);
};

/** Today is in all of them that reach until now. */
export function periodOf(preset: Preset, date: string): Period {
  if (preset === "month") return { from: firstOfMonth(date), to: firstOfMonth(date, 1) };
  if (preset === "last-month") return { from: firstOfMonth(date, -1), to: firstOfMonth(date) };
  return { from: plusDays(date, 1 - Number.parseInt(preset, 10)), to: plusDays(date, 1) };
}

/** Bars that can be told apart: days up to two months, weeks up to a year. */
export function intervalOf(period: Period): "day" | "week" | "month" {
  const days = daysOf(period);
  return days <= 62 ? "day" : days <= 366 ? "week" : "month";
}

/** The instant at which a date begins in a time zone; after a gap in the clocks, the first instant of that date. */
export function startOf(date: string, timeZone: string): string {
  const wanted = Date.parse(`${date}T00:00:00Z`);
  const offset = (at: number): number => {
    const format = new Intl.DateTimeFormat("en", {
      timeZone,
      hourCycle: "h23",
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
    });
    const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
    return Date.parse(`${part.year}-${part.month}-${part.day}T${part.hour}:${part.minute}:${part.second}Z`) - at;
  };
  // The offsets around that midnight; the later one counts where midnight is skipped, the earlier where it comes twice.
  const candidates = [wanted - offset(wanted - DAY), wanted - offset(wanted + DAY)].sort((a, b) => a - b);
  const exact = candidates.find((at) => at + offset(at) === wanted);
  return new Date(exact ?? (candidates[1] as number)).toISOString().replace(".000Z", "Z");
}
