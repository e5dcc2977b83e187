import { attempt } from "./attempt";
import type { Context, Letter } from "./context";
import { OUTBOX, storedLetters } from "./outbox";
import { PARAMETERS } from "./parameters";
import { sayTo } from "./sayTo";
import { drop } from "./storage";

/** attribution-service takes no longer parameter. */
const LONGEST = 255;
const FIRST_PAUSE = 1000;
const LONGEST_PAUSE = 60_000;
/** A younger letter may still be under way from the tab that wrote it. */
const YOUNG = 5000;
/** After this long nobody waits for a letter any more. */
const OLD = 7 * 86_400_000;
/** Of letters at a time: what is older than these is given up. */
const MOST = 20;

/**
 * Sends a letter and answers what came back; nothing if it has to wait for a better time. `first` is awaited before, and
 * may still complete the letter.
 */
export type Deliver = (letter: Letter | undefined, first?: Promise<unknown>) => Promise<unknown>;

/**
 * Delivers letters to attribution-service, with growing pauses until each is acknowledged or refused for good. Letters of
 * earlier pages are taken up again, by one tab at a time; a letter that arrives twice changes nothing there.
 */
export function delivery(context: Context): Deliver {
  const { _options: options } = context;
  const say = sayTo(options);
  const address = ({ path }: Letter) =>
    `${options.attributionUrl?.replace(/\/$/, "")}${path}?key=${options.publishableKey || options.key}`;
  const text = ({ body }: Letter) =>
    JSON.stringify({ ...body, user_id: `${body.user_id}`, sent_at: new Date() }, (name, value) =>
      // A cookie that somebody has edited must not cost the signup.
      PARAMETERS.includes(name) ? `${value}`.slice(0, LONGEST) : value,
    );
  /** What is not acknowledged yet. */
  const letters = new Set<Letter>();
  let pause = FIRST_PAUSE;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const send = async (letter: Letter): Promise<Response | undefined> => {
    const response = await attempt(() =>
      fetch(address(letter), { method: "POST", keepalive: true, body: text(letter) }).catch(() => undefined),
    );
    const status = response?.status ?? 503;
    if (status >= 400) say(`${letter.path} was answered with`, response?.status ?? "nothing");
    if (status >= 500 || status === 429) return undefined;
    letters.delete(letter);
    drop(letter.key);
    pause = FIRST_PAUSE;
    return response;
  };
  const again = () => {
    if (timer) return;
    timer = setTimeout(async () => {
      timer = undefined;
      const results = await Promise.all([...letters].map(send));
      if (results.some((response) => !response)) again();
    }, pause);
    pause = Math.min(pause * 2, LONGEST_PAUSE);
  };

  const takeUp = async () => {
    const keys = storedLetters().sort();
    for (const [i, key] of keys.entries()) {
      const age = Date.now() - Number(key.split("_")[2]);
      const letter = attempt(() => JSON.parse(localStorage.getItem(key) || "") as Letter);
      if (!letter?.path?.startsWith("/v1/") || !letter.body || !(age <= OLD) || i < keys.length - MOST) drop(key);
      else if (age < YOUNG) setTimeout(takeUp, YOUNG);
      else if (![...letters].some((other) => other.key === key)) {
        const ours = { path: letter.path, body: letter.body, key };
        letters.add(ours);
        if (!(await send(ours))) again();
      }
    }
  };
  const locks = attempt(() => navigator.locks);
  if (locks) locks.request(OUTBOX, { ifAvailable: true }, (lock) => lock && takeUp()).catch(() => undefined);
  else takeUp();

  // What still waits for something when the page goes; what is under way goes on by itself.
  const waiting = new Set<Letter>();
  addEventListener("pagehide", () => {
    for (const letter of waiting) attempt(() => navigator.sendBeacon(address(letter), text(letter)));
  });
  const { consent } = context._vibn;
  context._vibn.consent = (decision) => {
    if (decision === "denied") letters.clear();
    consent(decision);
  };

  return async (letter, first) => {
    if (!letter) return undefined;
    letters.add(letter);
    waiting.add(letter);
    await first;
    waiting.delete(letter);
    const response = await send(letter);
    if (!response) again();
    return response?.ok ? response.json().catch(() => undefined) : undefined;
  };
}
