import { css } from "lit";

/**
 * Everything that a host page may set is a custom property that begins with --vibn-. What begins with --_ is what the
 * elements use.
 */
export const styles = css`
  :host {
    --_ink: var(--vibn-ink, light-dark(#1a1f2e, #e8ebf4));
    --_soft: var(--vibn-soft, light-dark(#596175, #a5aec5));
    --_line: var(--vibn-line, light-dark(#dfe3ec, #303748));
    --_control: var(--vibn-control, light-dark(#8790a3, #6b7590));
    --_card: var(--vibn-card, light-dark(#ffffff, #181c28));
    --_panel: var(--vibn-panel, light-dark(#f5f7fb, #1f2433));
    --_accent: var(--vibn-accent, light-dark(#2f4fd0, #93a9ff));
    --_on-accent: var(--vibn-on-accent, light-dark(#ffffff, #11141d));
    --_good: var(--vibn-good, light-dark(#14713f, #5fd39a));
    --_bad: var(--vibn-bad, light-dark(#b42a18, #ff9585));
    --_warn: var(--vibn-warn, light-dark(#8a5600, #f2b75c));
    --_radius: var(--vibn-radius, 10px);
    --_series-0: var(--vibn-series-1, light-dark(#3b5bdb, #748ffc));
    --_series-1: var(--vibn-series-2, light-dark(#0b7285, #3bc9db));
    --_series-2: var(--vibn-series-3, light-dark(#d9480f, #ffa94d));
    --_series-3: var(--vibn-series-4, light-dark(#9c36b5, #e599f7));
    --_series-4: var(--vibn-series-5, light-dark(#2b8a3e, #69db7c));
    --_series-5: var(--vibn-series-6, light-dark(#c2255c, #faa2c1));
    --_series-6: var(--vibn-series-7, light-dark(#1c7ed6, #74c0fc));
    --_series-other: var(--vibn-series-other, light-dark(#868e96, #7c8699));
    color-scheme: light dark;
    display: block;
    color: var(--_ink);
    font: var(--vibn-font, 15px/1.5 system-ui, sans-serif);
    container-type: inline-size;
  }
  :host([theme="light"]) { color-scheme: light; }
  :host([theme="dark"]) { color-scheme: dark; }
  :host([hidden]) { display: none; }
  * { box-sizing: border-box; }
  h2, h3, p, dl, dd, ol, ul, figure { margin: 0; padding: 0; }
  h2 { font-size: 1.35em; line-height: 1.25; letter-spacing: -.01em; overflow-wrap: anywhere; }
  h3, h2.title { font-size: 1em; line-height: 1.4; letter-spacing: 0; }
  ol, ul { list-style: none; }
  b, strong { font-weight: 600; }
  small, .soft { color: var(--_soft); }
  small { font-size: .87em; }
  a { color: var(--_accent); }
  code { font-family: ui-monospace, "SF Mono", Menlo, Consolas, monospace; font-size: .93em; }
  .root { display: grid; gap: 1rem; min-width: 0; }
  .root > * { min-width: 0; }
  .card { background: var(--_card); border: 1px solid var(--_line); border-radius: var(--_radius); padding: 1rem 1.15rem; min-width: 0; }
  .head { display: flex; flex-wrap: wrap; gap: .4rem .8rem; align-items: center; min-height: 2.2rem; }
  .head > :first-child { margin-right: auto; }
  .hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }

  button, select, input { font: inherit; font-size: .93em; color: var(--_ink); background: var(--_card); border: 1px solid var(--_control); border-radius: calc(var(--_radius) * .7); min-height: 2.2rem; padding: .25rem .7rem; max-width: 100%; }
  button { cursor: pointer; }
  button:hover:not(:disabled) { border-color: var(--_accent); color: var(--_accent); }
  button:disabled { cursor: default; color: var(--_soft); border-color: var(--_line); }
  :focus-visible { outline: 2px solid var(--_accent); outline-offset: 2px; }
  button.primary { background: var(--_accent); border-color: var(--_accent); color: var(--_on-accent); }
  button.primary:hover:not(:disabled) { color: var(--_on-accent); filter: brightness(1.08); }
  button.link { border: 0; background: none; padding: 0; min-height: 0; color: var(--_accent); text-align: left; text-decoration: underline; text-decoration-color: color-mix(in srgb, currentcolor 35%, transparent); text-underline-offset: .18em; overflow-wrap: anywhere; font-size: 1em; }
  button.link:hover { text-decoration-color: currentcolor; }
  .toolbar { display: flex; flex-wrap: wrap; gap: .6rem .7rem; align-items: end; }
  .field { display: grid; gap: .15rem; font-size: .93em; color: var(--_soft); min-width: 0; }
  .field > span { font-size: .87em; }
  button[aria-pressed="true"] { background: color-mix(in srgb, var(--_accent) 13%, var(--_card)); color: var(--_accent); border-color: var(--_accent); font-weight: 600; }
  .segments { display: inline-flex; }
  .segments button { border-radius: 0; margin-left: -1px; color: var(--_soft); }
  .segments button:first-child { border-radius: calc(var(--_radius) * .7) 0 0 calc(var(--_radius) * .7); margin-left: 0; }
  .segments button:last-child { border-radius: 0 calc(var(--_radius) * .7) calc(var(--_radius) * .7) 0; }
  .segments button[aria-pressed="true"] { color: var(--_accent); z-index: 1; }
  .chips { display: flex; flex-wrap: wrap; gap: .4rem; }
  .chip { display: inline-flex; align-items: center; gap: .3rem; background: var(--_panel); border: 1px solid var(--_line); border-radius: 99px; padding: .1rem .3rem .1rem .75rem; font-size: .9em; max-width: 100%; overflow-wrap: anywhere; }
  .chip button { border: 0; background: none; min-height: 1.6rem; min-width: 1.6rem; padding: 0; border-radius: 99px; line-height: 1; color: var(--_soft); }

  .numbers { display: grid; grid-template-columns: repeat(auto-fit, minmax(8.6rem, 1fr)); gap: .7rem; }
  .numbers > div { background: var(--_card); border: 1px solid var(--_line); border-radius: var(--_radius); padding: .7rem .95rem; min-height: 4.5rem; min-width: 0; display: grid; align-content: start; }
  .numbers dt { color: var(--_soft); font-size: .87em; }
  .numbers dd { font-size: 1.35em; line-height: 1.35; font-weight: 600; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
  .numbers dd.change { font-size: .87em; font-weight: 400; color: var(--_soft); }

  .scroll { overflow-x: auto; border-radius: 4px; }
  table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
  caption { text-align: left; }
  th { font-weight: 500; color: var(--_soft); font-size: .87em; text-align: right; vertical-align: bottom; white-space: nowrap; }
  td { text-align: right; white-space: nowrap; vertical-align: top; }
  th, td { padding: .5rem .7rem; border-bottom: 1px solid var(--_line); }
  th:first-child, td:first-child, tbody th { text-align: left; }
  tbody th { font-size: 1em; font-weight: 400; color: var(--_ink); white-space: normal; vertical-align: top; min-width: 8rem; max-width: 26rem; }
  tr > :first-child { padding-left: 0; position: sticky; left: 0; background: var(--_card); }
  tr > :last-child { padding-right: 0; }
  tbody tr:last-child > * { border-bottom: 0; }
  thead button { border: 0; background: none; padding: 0; min-height: 0; font-size: 1em; color: inherit; white-space: nowrap; position: relative; }
  th[aria-sort] button { color: var(--_ink); font-weight: 600; }
  thead button i { font-style: normal; position: absolute; right: calc(100% + .2em); }
  th:first-child button i { right: auto; left: calc(100% + .2em); }
  th.group { text-align: left; border-bottom-color: var(--_control); }
  td.amount, dd.amount { white-space: pre-line; }

  @container (max-width: 34rem) {
    .toolbar .field { flex: 1 1 8rem; }
    tbody th { min-width: 7rem; max-width: 9.5rem; }
  }

  .notice { border: 1px solid color-mix(in srgb, var(--_warn) 45%, var(--_line)); background: color-mix(in srgb, var(--_warn) 8%, var(--_card)); border-radius: var(--_radius); padding: .6rem .95rem; overflow-wrap: anywhere; }
  .notice li + li { margin-top: .2rem; }
  .notice strong { color: var(--_warn); }
  .state { display: grid; gap: .5rem; justify-items: center; align-content: center; text-align: center; padding: 1.5rem 1rem; min-height: 12rem; overflow-wrap: anywhere; }
  .state p { max-width: 34rem; color: var(--_soft); }
  .state.failed strong { color: var(--_bad); }

  .bone { display: block; border-radius: 6px; background: color-mix(in srgb, var(--_soft) 17%, transparent); animation: breathe 1.6s ease-in-out infinite; }
  @keyframes breathe { 50% { opacity: .5; } }
  .busy { opacity: .55; transition: opacity .15s .15s; }
  @media (prefers-reduced-motion: reduce) { *, *::before, .bone { animation: none !important; transition: none !important; } }
`;
