import {
  css,
  html,
  nothing,
  type PropertyDeclarations,
  type PropertyValues,
  type TemplateResult,
  unsafeCSS,
} from "lit";
import { createRef, ref } from "lit/directives/ref.js";
import {
  DIMENSIONS,
  type Dimension,
  datesOf,
  drill,
  type Filter,
  readView,
  reportOf,
  usersOf,
  type View,
  writeView,
} from "./acquisitionView";
import { Chart, COLORS, type Series } from "./Chart";
import { bone, bones, dateField, empty, failed, filled, segments, select } from "./parts";
import { PRESETS, type Preset, plusDays } from "./period";
import { senderOf } from "./sentence";
import { styles } from "./styles";
import type { Attribution, Figures, Group, Measure, Page, Acquisition as Report, Side } from "./types";
import { VibnElement } from "./VibnElement";

type Users = { items: Attribution[]; next: string | null; loading: boolean; cause?: unknown };

const MEASURES: { value: Measure; label: string }[] = [
  { value: "signups", label: "Signups" },
  { value: "converted_users", label: "Converted" },
];
const SHAPES: { value: View["shape"]; label: string }[] = [
  { value: "columns", label: "Stacked" },
  { value: "lines", label: "Lines" },
];
const TOUCHES: { value: View["touch"]; label: string }[] = [
  { value: "first", label: "First touch" },
  { value: "last", label: "Last touch" },
  { value: "both", label: "Both" },
];
const SIDES: { value: Side; label: string }[] = [
  { value: "first", label: "First" },
  { value: "last", label: "Last" },
];
const SIDE_NAMES = { first: "First touch", last: "Last touch" };
/** Groups with a colour of their own. */
const SERIES = COLORS.length - 1;

interface Column {
  name: string;
  label: string;
  text: (figures: Figures) => string;
  sort: (figures: Figures) => number;
}

/** `<vibn-acquisition>`: which channels and campaigns bring users, and whether those become customers. */
export class Acquisition extends VibnElement {
  static override properties: PropertyDeclarations = {
    /** As in a link: `by=utm_campaign&touch=both&channel=Paid+Search`. */
    view: {},
    /** Where a user's name leads to; `{user_id}` is replaced. Without it a name is a button that says `vibn-user`. */
    userHref: { attribute: "user-href" },
    report: { state: true },
    cause: { state: true },
    loading: { state: true },
    users: { state: true },
    tabular: { state: true },
    adding: { state: true },
  };

  declare view: string;
  declare userHref: string;
  declare private report: Report | null;
  declare private cause: unknown;
  declare private loading: boolean;
  declare private users: Users | null;
  declare private tabular: boolean;
  /** The filter that is being written. */
  declare private adding: { dimension: Dimension; value: string } | null;

  protected override readonly subject: string[] = [];
  private signal = new AbortController().signal;
  private usersUnderWay = new AbortController();
  private asked = "";
  private readonly canvas = createRef<HTMLCanvasElement>();
  private readonly chart = new Chart(this);
  private readonly scheme = matchMedia("(prefers-color-scheme: dark)");
  private readonly redraw = () => this.draw();

  static override styles = [
    styles,
    css`
      :host { min-height: 60rem; }
      .numbers > div { min-height: 6.1rem; }
      .trend { display: grid; gap: .8rem; }
      .trend > *, .main > * { min-width: 0; }
      .canvas { position: relative; height: 17rem; }
      canvas { position: absolute; inset: 0; max-width: 100%; }
      .plain { height: 17rem; overflow: auto; }
      .legend { display: flex; flex-wrap: wrap; gap: .2rem 1rem; min-height: 1.5rem; font-size: .93em; }
      .legend li { display: inline-flex; gap: .45rem; align-items: center; overflow-wrap: anywhere; }
      .swatch { width: .75rem; height: .75rem; border-radius: 3px; flex: none; }
      ${unsafeCSS(COLORS.map((name, at) => `.s${at} { background: var(${name}); }`).join(" "))}
      .cell { display: grid; justify-items: end; }
      .bar { display: block; height: .25rem; width: 100%; min-width: 4.5rem; background: var(--_panel); border-radius: 2px; overflow: hidden; }
      .bar i { display: block; height: 100%; background: var(--_accent); border-radius: 2px; }
      .delta { font-size: .87em; color: var(--_soft); }
      .crumbs { display: flex; flex-wrap: wrap; gap: .2rem .5rem; align-items: baseline; min-height: 1.6rem; }
      .adding { display: flex; flex-wrap: wrap; gap: .5rem; align-items: end; }
      .main { display: grid; gap: 1rem; min-height: 50rem; align-content: start; }
      .users td, .users th { white-space: normal; text-align: left; }
      .b-tile { height: 6.1rem; border-radius: var(--_radius); }
      .b-chart { height: 23.4rem; border-radius: var(--_radius); }
      .b-table { height: 16rem; border-radius: var(--_radius); }
    `,
  ];

  constructor() {
    super();
    this.view = "";
    this.userHref = "";
    this.report = null;
    this.cause = null;
    this.loading = true;
    this.users = null;
    this.tabular = false;
    this.adding = null;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.scheme.addEventListener("change", this.redraw);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.scheme.removeEventListener("change", this.redraw);
    this.usersUnderWay.abort();
    this.chart.clear();
  }

  private get state(): View {
    return readView(this.view);
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    if (changed.has("view") && this.hasUpdated && this.query() !== this.asked) this.reload();
  }

  protected override updated(changed: PropertyValues): void {
    if (["report", "view", "theme", "tabular", "cause"].some((name) => changed.has(name))) this.draw();
  }

  private query(): string {
    return new URLSearchParams(reportOf(this.state, this.format.timeZone)).toString();
  }

  protected override async load(signal: AbortSignal): Promise<void> {
    this.signal = signal;
    this.asked = this.query();
    this.loading = true;
    this.loadUsers();
    try {
      const report = await this.ask<Report>(signal);
      if (signal.aborted) return;
      this.report = report;
      this.cause = null;
    } catch (cause) {
      if (signal.aborted) return;
      this.cause = cause;
      this.report = null;
    }
    this.loading = false;
  }

  private async ask<T>(signal: AbortSignal): Promise<T> {
    if (!this.client) throw new Error("not connected");
    const parameters = reportOf(this.state, this.format.timeZone);
    return this.client.get<T>("attribution", "/v1/reports/acquisition", parameters, { reports: true }, signal);
  }

  /** Users are shown once a campaign is chosen. */
  private loadUsers(cursor?: string): void {
    this.usersUnderWay.abort();
    this.usersUnderWay = new AbortController();
    const { signal } = this.usersUnderWay;
    const chosen = this.state.filters.some(([name]) => name === "utm_campaign");
    const parameters = usersOf(this.state, this.format.timeZone);
    const known = cursor ? (this.users?.items ?? []) : [];
    if (!chosen || !this.client) {
      this.users = null;
      return;
    }
    this.users = { items: known, next: null, loading: parameters !== null };
    if (!parameters) return;
    this.client
      .get<Page<Attribution>>(
        "attribution",
        "/v1/attributions",
        cursor ? [...parameters, ["cursor", cursor]] : parameters,
        { users: true },
        signal,
      )
      .then(
        ({ items, next_cursor }) => {
          if (!signal.aborted) this.users = { items: [...known, ...items], next: next_cursor ?? null, loading: false };
        },
        (cause) => {
          if (!signal.aborted) this.users = { items: known, next: cursor ?? null, loading: false, cause };
        },
      );
  }

  private change(change: Partial<View>): void {
    this.view = writeView({ ...this.state, ...change });
    this.dispatchEvent(new CustomEvent("vibn-view", { detail: { view: this.view }, bubbles: true, composed: true }));
  }

  private async download(): Promise<void> {
    if (!this.client) return;
    try {
      const parameters = reportOf(this.state, this.format.timeZone);
      const headers = { Accept: "text/csv" };
      const path = "/v1/reports/acquisition";
      const answer = await this.client.open("attribution", path, parameters, { reports: true }, headers, this.signal);
      const link = document.createElement("a");
      link.href = URL.createObjectURL(await answer.blob());
      const { from, to } = datesOf(this.state, this.format.timeZone);
      link.download = `acquisition-${this.state.by}-${from}-${plusDays(to, -1)}.csv`;
      link.click();
      URL.revokeObjectURL(link.href);
    } catch (cause) {
      this.cause = cause;
    }
  }

  protected override render(): TemplateResult {
    return html`<section class="root" aria-label="Acquisition" aria-busy=${String(this.loading)}>
      ${this.toolbar()} ${this.crumbs()}
      <div class="main ${this.loading && this.report ? "busy" : ""}">${this.content()}</div>
    </section>`;
  }

  private toolbar(): TemplateResult {
    const { period, by, touch, interval, compare } = this.state;
    const custom = typeof period === "object";
    const dates = datesOf(this.state, this.format.timeZone);
    const presets = Object.entries(PRESETS).map(([value, label]) => ({ value, label }));
    const dimensions = Object.entries(DIMENSIONS).map(([value, { one }]) => ({ value, label: one }));
    const intervals = ["auto", "day", "week", "month"].map((value) => ({
      value: value as View["interval"],
      label: value === "auto" ? "Automatic" : `By ${value}`,
    }));
    return html`<div class="toolbar">
      ${select("Period", [...presets, { value: "custom", label: "From … to …" }], custom ? "custom" : period, (value) =>
        this.change({ period: value === "custom" ? dates : (value as Preset) }),
      )}
      ${
        custom
          ? html`${dateField("From", period.from, (from) => this.range(from, period.to))}
            ${dateField("To", plusDays(period.to, -1), (to) => this.range(period.from, plusDays(to, 1)))}`
          : nothing
      }
      ${select("Grouped by", dimensions, by, (value) => this.change({ by: value as Dimension }))}
      ${select("Interval", intervals, interval, (interval) => this.change({ interval }))}
      ${segments("Which touch", TOUCHES, touch, (touch) => this.change({ touch }))}
      <button type="button" aria-pressed=${String(compare)} @click=${() => this.change({ compare: !compare })}>${
        compare ? "✓ " : ""
      }Compare</button>
      <button type="button" @click=${() => this.download()} ?disabled=${!this.report}>CSV</button>
    </div>`;
  }

  private range(from: string, to: string): void {
    if (from < to) this.change({ period: { from, to } });
  }

  private crumbs(): TemplateResult {
    const { filters } = this.state;
    const dimensions = Object.entries(DIMENSIONS).map(([value, { one }]) => ({
      value: value as Dimension,
      label: one,
    }));
    const { adding } = this;
    return html`<nav class="chips crumbs" aria-label="Filters">
      ${
        filters.length
          ? html`<button type="button" class="link" @click=${() => this.change({ filters: [], by: "channel" })}>All users</button>`
          : html`<span class="soft">All users</span>`
      }
      ${filters.map(
        ([name, value], at) => html`<span class="chip">${DIMENSIONS[name].one}: ${value || "none"}
          <button type="button" aria-label="Remove ${DIMENSIONS[name].one} ${value || "none"}" @click=${() => this.withdraw(at)}>✕</button></span>`,
      )}
      ${
        adding
          ? html`<form class="adding" @submit=${(event: Event) => this.add(event)}>
            ${select("Filter by", dimensions, adding.dimension, (dimension) => {
              this.adding = { ...adding, dimension };
            })}
            <label class="field"><span>is exactly</span><input .value=${adding.value} @input=${(event: Event) => {
              this.adding = { ...adding, value: (event.target as HTMLInputElement).value };
            }}></label>
            <button>Add</button>
            <button type="button" @click=${() => {
              this.adding = null;
            }}>Cancel</button>
          </form>`
          : html`<button type="button" class="link" @click=${() => {
              this.adding = { dimension: "utm_source", value: "" };
            }}>Add a filter</button>`
      }
    </nav>`;
  }

  private add(event: Event): void {
    event.preventDefault();
    if (!this.adding) return;
    const filter: Filter = [this.adding.dimension, this.adding.value.trim()];
    this.adding = null;
    this.change({ filters: [...this.state.filters, filter] });
  }

  /** Without a filter, and those that were chosen after it; grouped by it again. */
  private withdraw(at: number): void {
    const { filters } = this.state;
    this.change({ filters: filters.filter((_, other) => other !== at), by: filters[at]?.[0] ?? "channel" });
  }

  private content(): TemplateResult {
    const { report } = this;
    if (this.cause) return html`<div class="card">${failed("The report", this.cause, () => this.reload())}</div>`;
    if (!report) return html`<div class="numbers">${bones(6, "b-tile")}</div>${bone("b-chart")}${bone("b-table")}`;
    if (report.totals.signups === 0)
      return html`${this.totals(report)}<div class="card">${empty(
        "No signup in this period",
        this.state.filters.length
          ? "None with these filters. Remove one, or choose a longer period."
          : "When users sign up, what brought them is shown here.",
      )}</div>`;
    return html`${this.totals(report)} ${this.trend(report)} ${this.table(report)} ${this.usersCard()}`;
  }

  private totals({ totals, previous }: Report): TemplateResult {
    const { format } = this;
    const before = previous?.totals;
    const tiles: [string, string, string | null][] = [
      ["Signups", format.number(totals.signups), format.change(totals.signups, before?.signups)],
      [
        "Converted users",
        format.number(totals.converted_users),
        format.change(totals.converted_users, before?.converted_users),
      ],
      [
        "Conversion rate",
        format.percent(totals.conversion_rate),
        before ? format.percent(before.conversion_rate) : null,
      ],
      ["Revenue", format.revenue(totals.revenue), before ? format.revenue(before.revenue) : null],
      [
        "Median to signup",
        format.shortDuration(totals.median_seconds_to_signup),
        before ? format.shortDuration(before.median_seconds_to_signup) : null,
      ],
      [
        "Median to conversion",
        format.shortDuration(totals.median_seconds_to_conversion),
        before ? format.shortDuration(before.median_seconds_to_conversion) : null,
      ],
    ];
    return html`<dl class="numbers">${tiles.map(
      ([name, value, change]) =>
        html`<div><dt>${name}</dt><dd class="amount">${value}</dd>${
          before
            ? html`<dd class="change">${change === null ? "nothing before" : /^[+−±]/.test(change) ? `${change} vs before` : `${change} before`}</dd>`
            : nothing
        }</div>`,
    )}</dl>`;
  }

  private get side(): Side {
    const { touch, side } = this.state;
    return touch === "both" ? side : touch;
  }

  private label(value: string | null): string {
    return value ?? DIMENSIONS[this.state.by].none;
  }

  private series(report: Report): Series[] {
    const { measure } = this.state;
    const of = (group: { trend?: Group["trend"] }) => group.trend?.[this.side]?.[measure] ?? [];
    const shown = report.groups.slice(0, SERIES);
    const rest = [...report.groups.slice(SERIES), ...(report.other ? [report.other] : [])].map(of);
    const series = shown.map((group, at) => ({
      label: this.label(group.value),
      values: of(group),
      color: COLORS[at] as string,
    }));
    if (rest.length) {
      const values = report.periods.map((_, at) => rest.reduce((sum, values) => sum + (values[at] ?? 0), 0));
      series.push({ label: "All others", values, color: COLORS[SERIES] as string });
    }
    return series.filter(({ values }) => values.some((value) => value > 0));
  }

  private trend(report: Report): TemplateResult {
    const { measure, shape, touch } = this.state;
    const series = this.series(report);
    const what = measure === "signups" ? "Signups" : "Converted users";
    const title = `${what} by ${report.interval === "none" ? "period" : report.interval}`;
    return html`<section class="card trend" aria-label=${title}>
      <div class="head">
        <h2 class="title">${title}${touch === "both" ? html` <small>(${SIDE_NAMES[this.side].toLowerCase()})</small>` : nothing}</h2>
        ${touch === "both" ? segments("Chart of", SIDES, this.side, (side) => this.change({ side })) : nothing}
        ${segments("Measure", MEASURES, measure, (measure) => this.change({ measure }))}
        ${segments("Form", SHAPES, shape, (shape) => this.change({ shape }))}
        <button type="button" aria-pressed=${String(this.tabular)} @click=${() => {
          this.tabular = !this.tabular;
        }}>As table</button>
      </div>
      ${
        this.tabular
          ? this.numbers(report, series, title)
          : html`<div class="canvas"><canvas role="img" aria-label="${title}, ${series.length} series. The button “As table” shows the numbers." ${ref(this.canvas)}></canvas></div>`
      }
      <ul class="legend" aria-label="Legend">${series.map(
        ({ label, color }) => html`<li><span class="swatch s${COLORS.indexOf(color)}"></span>${label}</li>`,
      )}</ul>
    </section>`;
  }

  private numbers(report: Report, series: Series[], title: string): TemplateResult {
    return html`<div class="plain" tabindex="0" role="region" aria-label="${title}, as a table"><table>
      <caption class="hidden">${title}</caption>
      <thead><tr><th scope="col">From</th>${series.map(({ label }) => html`<th scope="col">${label}</th>`)}</tr></thead>
      <tbody>${report.periods.map(
        (period, at) =>
          html`<tr><th scope="row">${this.format.localDate(period)}</th>${series.map(
            ({ values }) => html`<td>${this.format.number(values[at] ?? 0)}</td>`,
          )}</tr>`,
      )}</tbody>
    </table></div>`;
  }

  private draw(): void {
    const canvas = this.canvas.value;
    if (!canvas?.isConnected || !this.report) {
      this.chart.clear();
      return;
    }
    const periods = this.report.periods.map((period) => this.format.localDate(period));
    this.chart.draw(canvas, { periods, series: this.series(this.report), shape: this.state.shape });
  }

  private columns(): Column[] {
    const { format } = this;
    const all: Column[] = [
      { name: "signups", label: "Signups", text: (f) => format.number(f.signups), sort: (f) => f.signups },
      {
        name: "converted",
        label: "Converted",
        text: (f) => format.number(f.converted_users),
        sort: (f) => f.converted_users,
      },
      {
        name: "rate",
        label: "Rate",
        text: (f) => format.percent(f.conversion_rate),
        sort: (f) => f.conversion_rate ?? -1,
      },
      {
        name: "revenue",
        label: "Revenue",
        text: (f) => format.revenue(f.revenue),
        // Amounts of several currencies cannot be compared; the first one's are.
        sort: (f) => Number(f.revenue[0]?.value ?? -1),
      },
      {
        name: "to_signup",
        label: "To signup",
        text: (f) => format.shortDuration(f.median_seconds_to_signup),
        sort: (f) => f.median_seconds_to_signup ?? -1,
      },
      {
        name: "to_conversion",
        label: "To conversion",
        text: (f) => format.shortDuration(f.median_seconds_to_conversion),
        sort: (f) => f.median_seconds_to_conversion ?? -1,
      },
    ];
    return this.state.touch === "both" ? all.slice(0, 4) : all;
  }

  private table(report: Report): TemplateResult {
    const { touch, by, sort } = this.state;
    const sides: Side[] = touch === "both" ? ["first", "last"] : [touch];
    const columns = this.columns();
    const most = Math.max(...report.groups.flatMap((group) => sides.map((side) => group[side]?.signups ?? 0)), 1);
    const one = DIMENSIONS[by].one;
    const both = sides.length > 1;
    const groups = this.sorted(report.groups, columns, sides);
    const header = (name: string, label: string) => {
      const direction = sort === name ? "ascending" : sort === `-${name}` ? "descending" : null;
      const mark = direction === "ascending" ? "↑" : direction ? "↓" : "";
      return html`<th scope="col" aria-sort=${direction ?? nothing}><button type="button" @click=${() =>
        this.change({
          sort: direction === "descending" ? name : `-${name}`,
        })}>${label}<i aria-hidden="true">${mark}</i></button></th>`;
    };
    return html`<section class="card" aria-label="Table by ${one.toLowerCase()}">
      <div class="scroll" tabindex="0" role="region" aria-label="Table by ${one.toLowerCase()}, can be scrolled"><table>
        <caption class="hidden">Signups and conversions by ${one.toLowerCase()}</caption>
        <thead>
          ${
            both
              ? html`<tr><td></td>${sides.map((side) => html`<th class="group" scope="colgroup" colspan=${columns.length}>${SIDE_NAMES[side]}</th>`)}</tr>`
              : nothing
          }
          <tr>${header("value", one)}${sides.flatMap((side) =>
            columns.map(({ name, label }) => header(both && side === "last" ? `last_${name}` : name, label)),
          )}</tr>
        </thead>
        <tbody>
          ${groups.map((group) => this.row(group, columns, sides, most))}
          ${
            report.other
              ? html`<tr><th scope="row" class="soft">${this.format.number(report.other.groups)} others</th>${sides.flatMap(
                  (side) =>
                    columns.map(({ text }) => html`<td>${report.other?.[side] ? text(report.other[side]) : "–"}</td>`),
                )}</tr>`
              : nothing
          }
        </tbody>
      </table></div>
    </section>`;
  }

  private sorted(groups: Group[], columns: Column[], sides: Side[]): Group[] {
    const { sort } = this.state;
    const [name, factor] = sort.startsWith("-") ? [sort.slice(1), -1] : [sort, 1];
    if (name === "value")
      return [...groups].sort((a, b) => factor * this.label(a.value).localeCompare(this.label(b.value)));
    const side = name.startsWith("last_") ? "last" : (sides[0] as Side);
    const column = columns.find((column) => column.name === name.replace(/^last_/, ""));
    if (!column) return groups;
    const of = (group: Group) => (group[side] ? column.sort(group[side]) : -1);
    return [...groups].sort((a, b) => factor * (of(a) - of(b)));
  }

  private row(group: Group, columns: Column[], sides: Side[], most: number): TemplateResult {
    const { compare, by } = this.state;
    const label = this.label(group.value);
    const cell = (side: Side, { name, text }: Column) => {
      const figures = group[side];
      if (!figures) return html`<td>–</td>`;
      if (name !== "signups") return html`<td class=${name === "revenue" ? "amount" : ""}>${text(figures)}</td>`;
      const before = group[side === "first" ? "previous_first" : "previous_last"];
      const change = compare ? (this.format.change(figures.signups, before?.signups) ?? "new") : null;
      return html`<td><span class="cell">${text(figures)}<span class="bar" aria-hidden="true">${filled((100 * figures.signups) / most)}</span>${
        change === null ? nothing : html`<span class="delta">${change}</span>`
      }</span></td>`;
    };
    return html`<tr>
      <th scope="row">${
        DIMENSIONS[by].next === null
          ? label
          : html`<button type="button" class="link" @click=${() => this.change(drill(this.state, group.value))}>${label}</button>`
      }</th>
      ${sides.flatMap((side) => columns.map((column) => cell(side, column)))}
    </tr>`;
  }

  private usersCard(): TemplateResult | typeof nothing {
    const { users } = this;
    if (!users) return nothing;
    const chosen = this.state.filters.map(([, value]) => value || "none").join(", ");
    return html`<section class="card users" aria-label="Users">
      <div class="head"><h2 class="title">Users</h2><small>${chosen}, by first touch, latest signup first</small></div>
      ${this.usersList(users)}
    </section>`;
  }

  private usersList(users: Users): TemplateResult {
    if (usersOf(this.state, this.format.timeZone) === null)
      return empty(
        "No list for these filters",
        "Users can be listed by one channel, source, medium and campaign each.",
      );
    if (users.cause) return failed("The users", users.cause, () => this.loadUsers(users.next ?? undefined));
    if (users.items.length === 0 && users.loading) return bone("b-table");
    if (users.items.length === 0) return empty("Nobody", "No user has this as their first touch.");
    return html`<div class="scroll" tabindex="0" role="region" aria-label="Users, can be scrolled"><table>
        <caption class="hidden">Users, latest signup first</caption>
        <thead><tr><th scope="col">User</th><th scope="col">Came from</th><th scope="col">Signed up</th></tr></thead>
        <tbody>${users.items.map(
          (user) =>
            html`<tr><th scope="row">${this.userLink(user.user_id)}</th><td>${senderOf(user.first_touch) ?? "directly"}</td><td>${this.format.dateTime(user.signed_up_at)}</td></tr>`,
        )}</tbody>
      </table></div>
      ${
        users.next
          ? html`<button type="button" ?disabled=${users.loading} @click=${() => this.loadUsers(users.next ?? undefined)}>Load more users</button>`
          : nothing
      }`;
  }

  private userLink(userId: string): TemplateResult {
    if (this.userHref)
      return html`<a href=${this.userHref.replaceAll("{user_id}", encodeURIComponent(userId))}>${userId}</a>`;
    const choose = () =>
      this.dispatchEvent(new CustomEvent("vibn-user", { detail: { user_id: userId }, bubbles: true, composed: true }));
    return html`<button type="button" class="link" @click=${choose}>${userId}</button>`;
  }
}
