import { css, html, nothing, type PropertyDeclarations, type TemplateResult } from "lit";
import { bone, empty, failed, filled, notice, segments, select } from "./parts";
import { plusDays, startOf, today } from "./period";
import { styles } from "./styles";
import type { FunnelStep, SiteFunnel as Report } from "./types";
import { VibnElement } from "./VibnElement";

const STEPS = ["visit", "signup", "conversion:*"];
const MOST_STEPS = 8;
const KINDS = [
  { value: "visit", label: "Any page" },
  { value: "path", label: "Page" },
  { value: "event", label: "Event" },
  { value: "signup", label: "Signup" },
  { value: "conversion", label: "Conversion" },
];
const PLACEHOLDERS: Record<string, string> = { path: "/pricing or /docs/*", event: "name", conversion: "name, or *" };
const DAYS = [7, 30, 90];
const BY = [
  { value: "none", label: "All together" },
  { value: "channel", label: "By channel" },
  { value: "utm_campaign", label: "By campaign" },
];
const WINDOWS = [1, 7, 14, 30, 60, 90].map((days) => ({
  value: String(days),
  label: days === 1 ? "1 day" : `${days} days`,
}));

/** A step in words. */
export function stepName(step: string): string {
  const [kind, ...rest] = step.split(":");
  const value = rest.join(":");
  if (kind === "visit") return "Visited the site";
  if (kind === "signup") return "Signed up";
  if (kind === "conversion") return value === "*" ? "Converted" : `Converted: ${value}`;
  return kind === "path" ? `Saw ${value}` : `Did ${value}`;
}

/** `<vibn-site-funnel>`: how many get from a first visit to paying, and where the others stop. */
export class SiteFunnel extends VibnElement {
  static override properties: PropertyDeclarations = {
    /** As in a link: `step=visit&step=path:/pricing&step=signup&days=30&window_days=30&by=channel`. */
    view: {},
    report: { state: true },
    cause: { state: true },
    loading: { state: true },
    editing: { state: true },
  };

  declare view: string;
  declare private report: Report | null;
  declare private cause: unknown;
  declare private loading: boolean;
  /** Steps that are being written. */
  declare private editing: string[] | null;

  protected override readonly subject = ["view"];

  static override styles = [
    styles,
    css`
      :host { min-height: 34rem; }
      .main { display: grid; gap: 1rem; min-height: 26rem; align-content: start; }
      .steps { display: grid; gap: .9rem; }
      .step { display: grid; gap: .25rem; }
      .step .line { display: flex; flex-wrap: wrap; gap: .1rem .8rem; align-items: baseline; }
      .step .line strong { margin-right: auto; overflow-wrap: anywhere; }
      .step .count { font-weight: 600; font-variant-numeric: tabular-nums; }
      .track { height: 1.5rem; background: var(--_panel); border-radius: 5px; overflow: hidden; }
      .track i { display: block; height: 100%; background: var(--_accent); border-radius: 5px; min-width: 2px; }
      .lost { color: var(--_soft); font-size: .93em; padding-left: .1rem; }
      .edit { display: grid; gap: .6rem; justify-items: start; }
      .edit li { display: flex; flex-wrap: wrap; gap: .5rem; align-items: end; padding-bottom: .5rem; }
      .edit input { width: 16rem; }
      .buttons { display: flex; flex-wrap: wrap; gap: .5rem; }
      .b-steps { height: 18rem; border-radius: var(--_radius); }
    `,
  ];

  constructor() {
    super();
    this.view = "";
    this.report = null;
    this.cause = null;
    this.loading = true;
    this.editing = null;
  }

  private get query(): URLSearchParams {
    return new URLSearchParams(this.view);
  }

  private get steps(): string[] {
    const steps = this.query.getAll("step");
    return steps.length >= 2 ? steps : STEPS;
  }

  private get days(): number {
    const days = Number(this.query.get("days"));
    return DAYS.includes(days) ? days : 30;
  }

  private get by(): string {
    return this.query.get("by") ?? "channel";
  }

  private get window(): string {
    return this.query.get("window_days") ?? "30";
  }

  protected override async load(signal: AbortSignal): Promise<void> {
    this.loading = true;
    const { timeZone } = this.format;
    const date = today(timeZone);
    try {
      const report = await this.client?.get<Report>(
        "query",
        "/v1/funnels",
        [
          ...this.steps.map((step): [string, string] => ["step", step]),
          ...this.query.getAll("website_id").map((id): [string, string] => ["website_id", id]),
          ["from", startOf(plusDays(date, 1 - this.days), timeZone)],
          ["to", startOf(plusDays(date, 1), timeZone)],
          ["window_days", this.window],
          ["by", this.by],
        ],
        { reports: true },
        signal,
      );
      if (signal.aborted) return;
      this.report = report ?? null;
      this.cause = null;
    } catch (cause) {
      if (signal.aborted) return;
      this.report = null;
      this.cause = cause;
    }
    this.loading = false;
  }

  private change(change: { steps?: string[]; days?: number; by?: string; window?: string }): void {
    const query = new URLSearchParams();
    for (const step of change.steps ?? this.steps) query.append("step", step);
    for (const id of this.query.getAll("website_id")) query.append("website_id", id);
    query.set("days", String(change.days ?? this.days));
    query.set("window_days", change.window ?? this.window);
    query.set("by", change.by ?? this.by);
    this.view = query.toString();
    this.dispatchEvent(new CustomEvent("vibn-view", { detail: { view: this.view }, bubbles: true, composed: true }));
  }

  protected override render(): TemplateResult {
    const choices = DAYS.map((days) => ({ value: String(days), label: `${days} days` }));
    return html`<section class="root" aria-label="Funnel of the site" aria-busy=${String(this.loading)}>
      <div class="toolbar">
        ${segments("Visitors of the last", choices, String(this.days), (days) => this.change({ days: Number(days) }))}
        ${select("From first to last step within", WINDOWS, this.window, (window) => this.change({ window }))}
        ${select("Groups", BY, this.by, (by) => this.change({ by }))}
        <button type="button" aria-expanded=${String(this.editing !== null)} @click=${() => {
          this.editing = this.editing ? null : [...this.steps];
        }}>Change the steps</button>
      </div>
      ${this.editing ? this.editor(this.editing) : nothing}
      <div class="main ${this.loading && this.report ? "busy" : ""}">${this.content()}</div>
    </section>`;
  }

  private editor(steps: string[]): TemplateResult {
    const set = (steps: string[]) => {
      this.editing = steps;
    };
    const replace = (at: number, step: string) => set(steps.map((old, other) => (other === at ? step : old)));
    return html`<form class="card edit" @submit=${(event: Event) => {
      event.preventDefault();
      this.editing = null;
      this.change({ steps });
    }}>
      <ol>${steps.map((step, at) => {
        const [kind = "visit", ...rest] = step.split(":");
        const value = rest.join(":");
        const kinds = KINDS.filter(({ value }) => at === 0 || value !== "visit");
        return html`<li>
          ${select(`Step ${at + 1}`, kinds, kind, (kind) =>
            replace(at, kind in PLACEHOLDERS ? `${kind}:${value}` : kind),
          )}
          ${
            kind in PLACEHOLDERS
              ? html`<label class="field"><span>${kind === "path" ? "Path" : "Name"}</span><input required placeholder=${PLACEHOLDERS[kind] ?? ""} .value=${value}
                @input=${(event: Event) => replace(at, `${kind}:${(event.target as HTMLInputElement).value}`)}></label>`
              : nothing
          }
          ${
            steps.length > 2
              ? html`<button type="button" aria-label="Remove step ${at + 1}" @click=${() => set(steps.filter((_, other) => other !== at))}>✕</button>`
              : nothing
          }
        </li>`;
      })}</ol>
      <div class="buttons">
        ${
          steps.length < MOST_STEPS
            ? html`<button type="button" @click=${() => set([...steps, "conversion:*"])}>Add a step</button>`
            : nothing
        }
        <button class="primary">Show</button>
      </div>
    </form>`;
  }

  private content(): TemplateResult {
    const { report } = this;
    if (this.cause) return html`<div class="card">${failed("The funnel", this.cause, () => this.reload())}</div>`;
    if (!report) return bone("b-steps");
    const limits = [
      ...(report.degraded ? ["A source did not answer; some visitors are missing or counted twice."] : []),
      ...(report.limits ?? []),
      ...(report.truncated && !report.limits?.length ? ["There is more than is read at once."] : []),
    ];
    const first = report.steps[0]?.visitors ?? 0;
    return html`${notice("Not everything is here", limits)}
      <section class="card" aria-label="Steps">${
        first === 0
          ? empty(
              "Nobody took the first step",
              "No visitor in this period. Choose a longer period, or another first step.",
            )
          : html`<ol class="steps">${report.steps.map((step, at) => this.step(step, report.steps[at - 1]))}</ol>`
      }</section>
      ${first > 0 && report.groups.length ? this.groups(report) : nothing}`;
  }

  private step(step: Report["steps"][number], before: FunnelStep | undefined): TemplateResult {
    const { format } = this;
    const lost = before ? before.visitors - step.visitors : 0;
    const took = step.median_seconds_from_previous;
    return html`<li class="step">
      ${
        before
          ? html`<p class="lost">${format.percent(step.share_of_previous)} went on${took == null ? "" : `, half of them within ${format.duration(took)}`}; ${format.number(lost)} did not</p>`
          : nothing
      }
      <div class="line"><strong>${stepName(step.step)}</strong><span class="count">${format.number(step.visitors)}</span><span class="soft">${format.percent(step.share_of_first)}</span></div>
      <div class="track" aria-hidden="true">${filled(100 * (step.share_of_first ?? 0))}</div>
    </li>`;
  }

  private groups(report: Report): TemplateResult {
    const { format } = this;
    const what = report.by === "channel" ? "Channel" : "Campaign";
    return html`<section class="card" aria-label="Steps by ${what.toLowerCase()}">
      <div class="scroll" tabindex="0" role="region" aria-label="Steps by ${what.toLowerCase()}, can be scrolled"><table>
        <caption class="hidden">Visitors at each step by ${what.toLowerCase()}</caption>
        <thead><tr><th scope="col">${what}</th>${report.steps.map(({ step }) => html`<th scope="col">${stepName(step)}</th>`)}</tr></thead>
        <tbody>${report.groups.map(
          ({ value, steps }) =>
            html`<tr><th scope="row">${value ?? `No ${what.toLowerCase()}`}</th>${steps.map(
              (step, at) =>
                html`<td>${format.number(step.visitors)}${at ? html` <small>${format.percent(step.share_of_first)}</small>` : nothing}</td>`,
            )}</tr>`,
        )}</tbody>
      </table></div>
    </section>`;
  }
}
