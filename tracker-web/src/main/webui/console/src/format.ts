import type { Money } from "./types";

const NOTHING = "–";
const UNITS: [seconds: number, name: string][] = [
  [86_400, "day"],
  [3600, "hour"],
  [60, "minute"],
  [1, "second"],
];
const SHORT: Record<string, string> = { day: "d", hour: "h", minute: "min", second: "s" };

/** How numbers and times read in one language and time zone. */
export class Format {
  private readonly whole: Intl.NumberFormat;
  private readonly share: Intl.NumberFormat;
  private readonly clock: Intl.DateTimeFormat;
  private readonly day: Intl.DateTimeFormat;
  private readonly dayOfYear: Intl.DateTimeFormat;
  private readonly plain: Intl.DateTimeFormat;

  constructor(
    private readonly locale: string,
    readonly timeZone: string,
    private readonly now: () => number = Date.now,
  ) {
    const date = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, { timeZone, ...options });
    this.whole = new Intl.NumberFormat(locale);
    this.share = new Intl.NumberFormat(locale, {
      style: "percent",
      minimumFractionDigits: 1,
      maximumFractionDigits: 1,
    });
    this.clock = date({ hour: "2-digit", minute: "2-digit" });
    this.day = date({ day: "numeric", month: "short" });
    this.dayOfYear = date({ day: "numeric", month: "short", year: "numeric" });
    this.plain = new Intl.DateTimeFormat(locale, { timeZone: "UTC", day: "numeric", month: "short" });
  }

  number(value: number | null | undefined): string {
    return value == null ? NOTHING : this.whole.format(value);
  }

  percent(value: number | null | undefined): string {
    return value == null ? NOTHING : this.share.format(value);
  }

  /** Exact: the service's text is never made a binary number. */
  money({ currency, value }: Money): string {
    const format = new Intl.NumberFormat(this.locale, { style: "currency", currency });
    return format.format(value as Intl.StringNumericLiteral);
  }

  /** Amounts in all currencies, a line each; what there is none of is a dash. */
  revenue(amounts: Money[]): string {
    return amounts.length ? amounts.map((amount) => this.money(amount)).join("\n") : NOTHING;
  }

  /** "2 days", in the largest unit that is not below one. */
  duration(seconds: number | null | undefined): string {
    if (seconds == null) return NOTHING;
    const [size, name] = UNITS.find(([size]) => seconds >= size) ?? [1, "second"];
    const count = Math.floor(seconds / size);
    return `${this.whole.format(count)} ${name}${count === 1 ? "" : "s"}`;
  }

  /** "1 d 2 h", for tables: two units. */
  shortDuration(seconds: number | null | undefined): string {
    if (seconds == null) return NOTHING;
    const at = Math.max(
      UNITS.findIndex(([size]) => seconds >= size),
      0,
    );
    if (seconds < 1) return "0 s";
    const [size, name] = UNITS[at] as [number, string];
    const [nextSize, nextName] = UNITS[at + 1] ?? [0, ""];
    const rest = nextSize ? Math.floor((seconds % size) / nextSize) : 0;
    const first = `${this.whole.format(Math.floor(seconds / size))} ${SHORT[name]}`;
    return rest ? `${first} ${rest} ${SHORT[nextName]}` : first;
  }

  /** "3 Oct", with the year when it is another one. */
  date(iso: string): string {
    const time = new Date(iso);
    const year = new Intl.DateTimeFormat("en", { timeZone: this.timeZone, year: "numeric" });
    return (year.format(time) === year.format(this.now()) ? this.day : this.dayOfYear).format(time);
  }

  time(iso: string): string {
    return this.clock.format(new Date(iso));
  }

  dateTime(iso: string | null | undefined): string {
    return iso ? `${this.date(iso)}, ${this.time(iso)}` : NOTHING;
  }

  /** A local date (YYYY-MM-DD) of a report. */
  localDate(date: string): string {
    return this.plain.format(new Date(`${date}T00:00:00Z`));
  }

  /** "+12.5%" against what was before; null when nothing was. */
  change(now: number | null | undefined, before: number | null | undefined): string | null {
    if (now == null || before == null || before === 0) return null;
    const change = now / before - 1;
    return `${change > 0 ? "+" : change < 0 ? "−" : "±"}${this.share.format(Math.abs(change))}`;
  }
}
