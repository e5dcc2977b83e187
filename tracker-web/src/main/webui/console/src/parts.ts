import { html, nothing, type TemplateResult } from "lit";
import { Failure } from "./failure";

/** A grey place of a known size for what is not here yet; sizes are classes, for a page's policy forbids style attributes. */
export const bone = (shape: string): TemplateResult => html`<span class="bone ${shape}" aria-hidden="true"></span>`;

export const bones = (count: number, shape: string): TemplateResult[] =>
  Array.from({ length: count }, () => bone(shape));

/** Statuses that asking again does not change. */
const FINAL = [403, 501];

/** What went wrong in the service's words, and a way to try again. */
export const failed = (what: string, cause: unknown, retry: (() => void) | null): TemplateResult => {
  const failure = cause instanceof Failure ? cause : null;
  return html`<div class="state failed" role="alert">
    <strong>${failure?.status === 403 ? "Not allowed" : `${what} cannot be shown`}</strong>
    <p>${failure?.message ?? "Something unexpected happened in this page."}</p>
    ${failure?.retryAfter ? html`<p>The service asks to wait ${failure.retryAfter} s.</p>` : nothing}
    ${retry && !FINAL.includes(failure?.status ?? 0) ? html`<button type="button" @click=${retry}>Try again</button>` : nothing}
  </div>`;
};

export const empty = (title: string, text: string): TemplateResult =>
  html`<div class="state"><strong>${title}</strong><p>${text}</p></div>`;

/** What is true but not whole. */
export const notice = (title: string, sentences: string[]): TemplateResult | typeof nothing =>
  sentences.length === 0
    ? nothing
    : html`<div class="notice" role="note"><strong>${title}</strong>
        <ul>${sentences.map((sentence) => html`<li>${sentence}</li>`)}</ul></div>`;

export interface Choice<T extends string> {
  value: T;
  label: string;
}

/** A few choices, one of them pressed. */
export const segments = <T extends string>(
  label: string,
  choices: Choice<T>[],
  chosen: T,
  choose: (value: T) => void,
): TemplateResult =>
  html`<div class="segments" role="group" aria-label=${label}>${choices.map(
    ({ value, label }) =>
      html`<button type="button" aria-pressed=${String(value === chosen)} @click=${() => choose(value)}>${label}</button>`,
  )}</div>`;

export const select = <T extends string>(
  label: string,
  choices: Choice<T>[],
  chosen: T,
  choose: (value: T) => void,
): TemplateResult =>
  html`<label class="field"><span>${label}</span><select
    @change=${(event: Event) => choose((event.target as HTMLSelectElement).value as T)}
  >${choices.map(({ value, label }) => html`<option value=${value} ?selected=${value === chosen}>${label}</option>`)}</select></label>`;

export const dateField = (label: string, value: string, choose: (value: string) => void): TemplateResult =>
  html`<label class="field"><span>${label}</span><input type="date" required .value=${value}
    @change=${(event: Event) => {
      const { value } = event.target as HTMLInputElement;
      if (value) choose(value);
    }}></label>`;

/** The filled part of a bar. By property: a page's policy may forbid style attributes. */
export const filled = (percent: number): TemplateResult => html`<i .style=${`width:${percent}%`}></i>`;
