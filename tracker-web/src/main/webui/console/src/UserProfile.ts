import { css, html, nothing, type PropertyDeclarations, type TemplateResult } from "lit";
import { keyed } from "lit/directives/keyed.js";
import { repeat } from "lit/directives/repeat.js";
import { Failure } from "./failure";
import { type LiveState, listen } from "./live";
import { bone, bones, empty, failed, notice } from "./parts";
import { hostOf, sentence } from "./sentence";
import { styles } from "./styles";
import { type Block, type Entry, type Milestone, merge, timeline } from "./timeline";
import type { Attribution, Conversion, Page, Profile, Touch, Trail, TrailEvent, UserFunnel } from "./types";
import { VibnElement } from "./VibnElement";

type Part<T> = { state: "loading" } | { state: "done"; value: T } | { state: "failed"; cause: unknown };

const LOADING = { state: "loading" } as const;
/** Totals are asked for again so long after an event arrived. */
const SETTLE_MS = 800;
const CONVERSIONS = "500";

const LIVE: Record<LiveState, string> = {
  connecting: "Connecting …",
  live: "Live",
  waiting: "Not live, trying again …",
  off: "Not live",
};
const DEVICES: Record<string, string> = { laptop: "Laptop", desktop: "Desktop", mobile: "Phone", tablet: "Tablet" };
const BROWSERS: Record<string, string> = {
  chrome: "Chrome",
  firefox: "Firefox",
  safari: "Safari",
  ios: "Safari on iOS",
  "ios-webview": "iOS app",
  "edge-chromium": "Edge",
  crios: "Chrome on iOS",
  samsung: "Samsung Internet",
  opera: "Opera",
};

/** `<vibn-user-profile user-id>`: where a user came from, and everything that they did. */
export class UserProfile extends VibnElement {
  static override properties: PropertyDeclarations = {
    userId: { attribute: "user-id" },
    record: { state: true },
    funnel: { state: true },
    trail: { state: true },
    conversions: { state: true },
    live: { state: true },
    more: { state: true },
    said: { state: true },
  };

  declare userId: string;
  declare private record: Part<Attribution | null>;
  declare private funnel: Part<UserFunnel>;
  declare private trail: Trail;
  declare private conversions: Part<Conversion[]>;
  declare private live: LiveState;
  declare private more: "idle" | "loading" | { cause: unknown };
  /** What a screen reader is told. */
  declare private said: string;

  protected override readonly subject = ["userId"];
  private signal = new AbortController().signal;
  private arrived = new Set<string>();
  private settling: ReturnType<typeof setTimeout> | undefined;

  static override styles = [
    styles,
    css`
      :host { min-height: 44rem; }
      .lead { font-size: 1.12em; line-height: 1.5; overflow-wrap: anywhere; }
      .cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 19rem), 1fr)); gap: 1rem; }
      .cards .card { display: grid; gap: .6rem; align-content: start; }
      .cards .head { min-height: 0; }
      .badge { background: color-mix(in srgb, var(--_accent) 12%, var(--_card)); color: var(--_accent); border-radius: 99px; padding: .05rem .7rem; font-size: .87em; font-weight: 600; overflow-wrap: anywhere; }
      .facts { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1rem; }
      .facts dt { color: var(--_soft); }
      .facts dd { overflow-wrap: anywhere; }
      .live { display: inline-flex; align-items: center; gap: .45rem; font-size: .93em; color: var(--_soft); white-space: nowrap; }
      .live::before { content: ""; width: .55rem; height: .55rem; border-radius: 50%; background: var(--_control); }
      .live.live-live::before { background: var(--_good); animation: breathe 2s ease-in-out infinite; }
      .live.live-waiting::before { background: var(--_warn); }

      .timeline { display: grid; gap: 0; }
      .block { display: grid; grid-template-columns: 1.3rem minmax(0, 1fr); gap: 0 .6rem; position: relative; padding-bottom: 1.1rem; }
      .block::before { content: ""; position: absolute; left: .6rem; top: 1.2rem; bottom: -.4rem; width: 2px; background: var(--_line); }
      .block:last-child::before { display: none; }
      .dot { width: .8rem; height: .8rem; margin: .35rem 0 0 .25rem; border-radius: 50%; border: 2px solid var(--_accent); background: var(--_card); position: relative; }
      .block.alone .dot { visibility: hidden; }
      .block.alone::before { top: -.4rem; }
      .block header { display: flex; flex-wrap: wrap; gap: 0 .6rem; align-items: baseline; padding-bottom: .2rem; }
      .block header small { overflow-wrap: anywhere; }
      .entry { display: grid; grid-template-columns: 3.6rem minmax(0, 1fr); gap: 0 .5rem; padding: .28rem .5rem; margin-inline: -.5rem; border-radius: 6px; align-items: baseline; }
      .entry time { color: var(--_soft); font-variant-numeric: tabular-nums; white-space: nowrap; font-size: .93em; }
      .entry > div { overflow-wrap: anywhere; }
      .entry .what { color: var(--_soft); }
      .entry.new { position: relative; isolation: isolate; }
      .entry.new::before { content: ""; position: absolute; inset: 0; z-index: -1; border-radius: inherit; background: color-mix(in srgb, var(--_good) 28%, transparent); opacity: 0; animation: arrive 4s ease-out; }
      @keyframes arrive { from { opacity: 1; } }
      .event-name { background: var(--_panel); border: 1px solid var(--_line); border-radius: 5px; padding: 0 .4rem; font-size: .93em; }
      .milestone { margin: .3rem -.5rem; background: color-mix(in srgb, var(--_good) 11%, var(--_card)); box-shadow: inset 3px 0 var(--_good); }
      .milestone strong { color: var(--_good); }
      .end { display: grid; justify-items: center; min-height: 2.4rem; }
      .b-name { width: 11rem; height: 1.6rem; }
      .b-line { width: 92%; height: 1.05rem; margin: .3rem 0; }
      .b-card { height: 15.6rem; border-radius: var(--_radius); }
      .b-tile { height: 4.5rem; border-radius: var(--_radius); }
      .b-rows { height: 20rem; border-radius: var(--_radius); }
      @container (max-width: 30rem) {
        .facts { gap: .25rem .7rem; }
        .card { padding: .9rem; }
      }
    `,
  ];

  constructor() {
    super();
    this.userId = "";
    this.reset();
  }

  private reset(): void {
    this.record = LOADING;
    this.funnel = LOADING;
    this.conversions = LOADING;
    this.trail = { items: [], next_cursor: null };
    this.live = "connecting";
    this.more = "idle";
    this.said = "";
    this.arrived = new Set();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.settling);
  }

  protected override load(signal: AbortSignal): void {
    this.reset();
    this.signal = signal;
    if (!this.userId) return;
    this.loadRecord(signal);
    this.loadConversions(signal);
    this.loadProfile(signal);
    this.hear(signal);
  }

  private readonly path = (rest: string): string => `/v1/users/${encodeURIComponent(this.userId)}/${rest}`;

  private ask<T>(service: "attribution" | "query", path: string, signal: AbortSignal, cursor?: string): Promise<T> {
    if (!this.client) throw new Error("not connected");
    const parameters: [string, string][] = cursor ? [["cursor", cursor]] : [];
    if (path.endsWith("/conversions")) parameters.push(["limit", CONVERSIONS]);
    return this.client.get<T>(service, path, parameters, { user_id: this.userId }, signal);
  }

  private async settled<T>(signal: AbortSignal, asked: Promise<T>): Promise<Part<T> | null> {
    try {
      const value = await asked;
      return signal.aborted ? null : { state: "done", value };
    } catch (cause) {
      return signal.aborted ? null : { state: "failed", cause };
    }
  }

  private async loadRecord(signal: AbortSignal): Promise<void> {
    this.record = LOADING;
    const none = (cause: unknown) => {
      if (cause instanceof Failure && cause.status === 404) return null;
      throw cause;
    };
    const asked = this.ask<Attribution>("attribution", `/v1/attributions/${encodeURIComponent(this.userId)}`, signal);
    this.record = (await this.settled(signal, asked.catch(none))) ?? this.record;
  }

  private async loadConversions(signal: AbortSignal): Promise<void> {
    this.conversions = LOADING;
    const asked = this.ask<Page<Conversion>>("attribution", this.path("conversions"), signal);
    this.conversions =
      (await this.settled(
        signal,
        asked.then(({ items }) => items),
      )) ?? this.conversions;
  }

  private async loadProfile(signal: AbortSignal): Promise<void> {
    this.funnel = LOADING;
    const answer = await this.settled(signal, this.ask<Profile>("query", this.path("profile"), signal));
    if (answer?.state === "done") {
      const { first_touch_web_funnel, live_click_trail } = answer.value;
      // What arrived live meanwhile stays.
      this.trail = { ...live_click_trail, items: merge(this.trail.items, live_click_trail.items) };
      this.funnel = { state: "done", value: first_touch_web_funnel };
    } else if (answer) this.funnel = answer;
  }

  private hear(signal: AbortSignal): void {
    if (!this.client) return;
    const listener = {
      event: (event: TrailEvent) => this.arrive(event, signal),
      gap: () => this.loadProfile(signal),
      state: (state: LiveState) => {
        if (!signal.aborted) this.live = state;
      },
    };
    listen(this.client, this.userId, listener, signal);
  }

  private arrive(event: TrailEvent, signal: AbortSignal): void {
    if (signal.aborted || this.trail.items.some(({ event_id }) => event_id === event.event_id)) return;
    this.arrived.add(event.event_id);
    this.trail = { ...this.trail, items: merge(this.trail.items, [event]) };
    this.said = `New: ${event.event_name ?? `viewed ${event.url_path ?? "a page"}`}`;
    clearTimeout(this.settling);
    this.settling = setTimeout(async () => {
      const totals = await this.settled(signal, this.ask<UserFunnel>("query", this.path("funnel"), signal));
      // A total that is a moment old is better than none.
      if (totals?.state === "done" && this.funnel.state === "done") this.funnel = totals;
      if (this.record.state === "done" && !this.record.value) this.loadRecord(signal);
    }, SETTLE_MS);
  }

  private async loadMore(): Promise<void> {
    const { signal } = this;
    const cursor = this.trail.next_cursor;
    if (!cursor) return;
    this.more = "loading";
    const answer = await this.settled(signal, this.ask<Trail>("query", this.path("trail"), signal, cursor));
    if (answer?.state === "done") {
      const { items, next_cursor } = answer.value;
      this.trail = { ...this.trail, items: merge(this.trail.items, items), next_cursor: next_cursor ?? null };
      this.more = "idle";
      this.said = `${items.length} earlier events`;
    } else if (answer?.state === "failed") this.more = { cause: answer.cause };
  }

  protected override render(): TemplateResult {
    if (!this.userId) return html`<div class="root">${empty("No user", "Name one with the attribute user-id.")}</div>`;
    // What comes later would move what is here already: the signup and conversions stand between the events.
    const waiting = this.record.state === "loading" || this.conversions.state === "loading";
    return html`<section class="root" aria-label="Profile of ${this.userId}" aria-busy=${String(waiting)}>
      <div class="head">
        <h2>${this.userId}</h2>
        ${keyed(this.live, html`<span class="live live-${this.live}">${LIVE[this.live]}</span>`)}
      </div>
      <p class="hidden" role="status">${this.said}</p>
      ${this.origin()}
      ${keyed(`${this.record.state} ${this.conversions.state}`, waiting ? this.bonesOfHistory() : this.history())}
    </section>`;
  }

  private origin(): TemplateResult {
    const { record } = this;
    if (record.state === "loading")
      return html`<p class="lead">${bone("b-line")}</p><div class="cards">${bones(2, "b-card")}</div>`;
    if (record.state === "failed")
      return html`<div class="card">${failed("Where this user came from", record.cause, () => this.loadRecord(this.signal))}</div>`;
    const { value } = record;
    if (!value)
      return html`<div class="card">${empty("No signup", "attribution-service has no record of this user: they have not signed up, or were erased.")}</div>`;
    return html`<p class="lead">${sentence(value.first_touch, value.signed_up_at, this.format).map(
      ({ text, strong }) => (strong ? html`<strong>${text}</strong>` : text),
    )}</p>
      <div class="cards">
        ${this.touch("First touch", value.channel, value.first_touch)}
        ${this.touch("Last touch before the signup", value.last_touch ? value.last_channel : value.channel, value.last_touch ?? value.first_touch, !value.last_touch)}
      </div>`;
  }

  private touch(title: string, channel: string | null | undefined, touch: Touch, same = false): TemplateResult {
    const clicks = Object.entries(touch.click_ids ?? {}).map(([name, id]) => `${name} ${id}`);
    const campaign = [touch.utm_campaign, touch.utm_content, touch.utm_term].filter(Boolean).join(" · ");
    const facts: [string, string | null | undefined][] = [
      ["Source", [touch.utm_source, touch.utm_medium].filter(Boolean).join(" / ")],
      ["Campaign", campaign],
      ["Referrer", touch.referrer && hostOf(touch.referrer)],
      ["Landed on", touch.landing_page?.replace(/^https?:\/\/|[?#].*$/gs, "")],
      ["Click id", clicks.join(", ")],
      ["When", this.format.dateTime(touch.first_seen_at)],
    ];
    return html`<article class="card">
      <div class="head"><h3>${title}</h3>${channel ? html`<span class="badge">${channel}</span>` : nothing}</div>
      ${
        same
          ? html`<p class="soft">The same as the first.</p>`
          : html`<dl class="facts">${facts.map(([name, value]) => html`<dt>${name}</dt><dd>${value || "–"}</dd>`)}</dl>`
      }
    </article>`;
  }

  private bonesOfHistory(): TemplateResult {
    return html`<div class="numbers">${bones(6, "b-tile")}</div>${bone("b-rows")}`;
  }

  private history(): TemplateResult {
    const { funnel } = this;
    if (funnel.state === "loading") return this.bonesOfHistory();
    if (funnel.state === "failed")
      return html`<div class="card">${failed("What this user did", funnel.cause, () => this.loadProfile(this.signal))}</div>`;
    return html`${this.limits(funnel.value)} ${this.totals(funnel.value)}
      <section class="card" aria-label="Timeline">
        <div class="head"><h3>Timeline</h3><small>Times in ${this.format.timeZone}</small></div>
        ${this.events()}
      </section>`;
  }

  private limits({ identity, truncated }: UserFunnel): TemplateResult | typeof nothing {
    const sentences: string[] = [];
    if (identity?.degraded)
      sentences.push(identity.degraded_reason ?? "A source of this user's sessions did not answer.");
    if (truncated || identity?.truncated) sentences.push("There is more of this user than is counted at once.");
    if (identity?.shared) sentences.push("Some sessions were shared with other users; only this user's part is shown.");
    if (this.conversions.state === "failed")
      sentences.push("Conversions are missing: attribution-service did not answer.");
    return notice("Not everything is here", sentences);
  }

  private totals(funnel: UserFunnel): TemplateResult {
    const { format } = this;
    const devices = (funnel.devices ?? []).map((device) => DEVICES[device] ?? device);
    const tiles = [
      ["Sessions", format.number(funnel.sessions)],
      ["Visits", format.number(funnel.visits)],
      ["Page views", format.number(funnel.pageviews)],
      ["… before the signup", format.number(funnel.pageviews_before_signup)],
      ["From first view to signup", format.shortDuration(funnel.seconds_to_signup)],
      ["Devices", devices.join(", ") || "–"],
    ];
    return html`<dl class="numbers">${tiles.map(
      ([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`,
    )}</dl>`;
  }

  private milestones(): Milestone[] {
    const record = this.record.state === "done" ? this.record.value : null;
    const signedUpAt = record?.signed_up_at ?? null;
    const conversions = this.conversions.state === "done" ? this.conversions.value : [];
    return [
      ...(signedUpAt ? [{ id: "signup", at: signedUpAt, kind: "signup" as const, label: "Signed up" }] : []),
      ...conversions.map((conversion) => ({
        id: conversion.conversion_id,
        at: conversion.occurred_at,
        kind: "conversion" as const,
        label: conversion.name,
        conversion,
      })),
    ];
  }

  private events(): TemplateResult {
    const { items, next_cursor } = this.trail;
    const blocks = timeline(items, this.milestones(), Boolean(next_cursor));
    if (blocks.length === 0)
      return empty("Nothing seen yet", "Umami has no event of this user. When one arrives, it appears here.");
    return html`<ol class="timeline">${repeat(
      blocks,
      ({ key }) => key,
      (block) => this.block(block),
    )}</ol>
    <div class="end">${this.loadMoreState()}</div>`;
  }

  private loadMoreState(): TemplateResult {
    if (!this.trail.next_cursor) return html`<small>This is the beginning.</small>`;
    if (typeof this.more === "object") return failed("Earlier events", this.more.cause, () => this.loadMore());
    const loading = this.more === "loading";
    return html`<button type="button" ?disabled=${loading} @click=${() => this.loadMore()}>${loading ? "Loading …" : "Load earlier events"}</button>`;
  }

  private block({ seen, entries }: Block): TemplateResult {
    const last = entries.at(-1);
    return html`<li class="block ${seen ? "" : "alone"}">
      <span class="dot"></span>
      <div>
        ${seen && last ? this.heading(seen, last.at) : nothing}
        <ol>${repeat(
          entries,
          (entry) => ("event" in entry ? entry.event.event_id : entry.milestone.id),
          (entry) => this.entry(entry, seen === null),
        )}</ol>
      </div>
    </li>`;
  }

  private heading(seen: TrailEvent, from: string): TemplateResult {
    const device = DEVICES[seen.device ?? ""] ?? seen.device;
    const browser = BROWSERS[seen.browser ?? ""] ?? seen.browser;
    const place = [seen.city, seen.country].filter(Boolean).join(", ");
    const facts = [browser, seen.os, seen.screen, place, seen.shared ? "shared session" : ""].filter(Boolean);
    return html`<header><strong>${this.format.date(from)}</strong><span>${device ?? "Unknown device"}</span><small>${facts.join(" · ")}</small></header>`;
  }

  private entry(entry: Entry, dated: boolean): TemplateResult {
    const time = html`<time datetime=${entry.at}>${dated ? this.format.date(entry.at) : this.format.time(entry.at)}</time>`;
    if ("milestone" in entry) {
      const { label, conversion } = entry.milestone;
      const { currency, value } = conversion ?? {};
      const amount = currency && value != null ? this.format.money({ currency, value: String(value) }) : "";
      return html`<li class="entry milestone">${time}<div><strong>${label}</strong>${amount ? ` ${amount}` : ""}${
        dated ? html` <span class="what">at ${this.format.time(entry.at)}</span>` : nothing
      }</div></li>`;
    }
    const { event } = entry;
    const name = this.arrived.has(event.event_id) ? "entry new" : "entry";
    const from = event.referrer_domain ? html` <span class="what">· from ${event.referrer_domain}</span>` : nothing;
    return event.type === "event"
      ? html`<li class=${name}>${time}<div><span class="event-name">${event.event_name ?? "event"}</span> <span class="what">on ${event.url_path}</span></div></li>`
      : html`<li class=${name}>${time}<div>${event.url_path} <span class="what">${event.page_title}</span>${from}</div></li>`;
  }
}
