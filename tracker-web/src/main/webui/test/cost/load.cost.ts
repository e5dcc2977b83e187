import { it } from "vitest";
import { stage, visitor, withStage } from "../browser/support/browser";

withStage();

/** How much slower than this machine the processor is made, as a phone's. */
const SLOWDOWN = 4;
const ROUNDS = 15;

const umami = () =>
  `<script defer src="${stage.at("https://umami.test/script.js")}" data-website-id="website-1"></script>`;
/** Pages in which only the scripts differ. */
const PAGES: Record<string, () => { src?: string; head: string }> = {
  "no script": () => ({ src: "data:text/javascript,", head: "" }),
  "Umami alone": () => ({ src: "data:text/javascript,", head: umami() }),
  "tracker.js, with Umami": () => ({ head: "" }),
};

interface Cost {
  script: number;
  main: number;
  longTasks: number;
}

/** Loads a page in a fresh browser and adds up what its main thread did until nothing more came. */
async function load(name: string): Promise<Cost> {
  const { src, head } = (PAGES[name] as () => { src?: string; head: string })();
  stage.page = { ...stage.page, head, attributes: src === undefined ? {} : { src } };
  const context = await visitor();
  const page = await context.newPage();
  const cdp = await context.newCDPSession(page);
  await page.addInitScript(() => {
    const counted = window as unknown as { longTasks: number };
    counted.longTasks = 0;
    new PerformanceObserver((list) => {
      counted.longTasks += list.getEntries().length;
    }).observe({ type: "longtask", buffered: true });
  });
  await cdp.send("Emulation.setCPUThrottlingRate", { rate: SLOWDOWN });
  await cdp.send("Performance.enable");
  const read = async () => {
    const { metrics } = await cdp.send("Performance.getMetrics");
    const value = (wanted: string) => (metrics.find((metric) => metric.name === wanted)?.value ?? 0) * 1000;
    return { script: value("ScriptDuration"), main: value("TaskDuration") };
  };
  const before = await read();
  await page.goto(stage.at("https://www.example.com/?utm_source=google&utm_medium=cpc&gclid=Cj0K"), {
    waitUntil: "networkidle",
  });
  const after = await read();
  const longTasks = await page.evaluate(() => (window as unknown as { longTasks: number }).longTasks);
  await context.close();
  return { script: after.script - before.script, main: after.main - before.main, longTasks };
}

const median = (values: number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

it(`costs on load, with the processor ${SLOWDOWN} times slower`, async () => {
  const costs: Record<string, Cost[]> = {};
  // In turns, so that whatever else the machine does falls on all alike.
  for (let round = 0; round <= ROUNDS; round++)
    for (const name of Object.keys(PAGES)) {
      const cost = await load(name);
      // The first round warms the machine up.
      if (round > 0) costs[name] = [...(costs[name] ?? []), cost];
    }
  const of = (name: string, what: keyof Cost) =>
    Number(median((costs[name] ?? []).map((cost) => cost[what])).toFixed(1));
  console.table(
    Object.fromEntries(
      Object.keys(PAGES).map((name) => [
        name,
        {
          "scripts (ms)": of(name, "script"),
          "main thread (ms)": of(name, "main"),
          "long tasks": of(name, "longTasks"),
        },
      ]),
    ),
  );
  console.info(`Medians of ${ROUNDS} loads each. Umami's script is the one of the stand-in in testkit, unminified.`);
});
