import { attempt } from "./attempt";

/** A call to attribution-service that has to arrive. */
interface Letter {
  path: string;
  body: Record<string, unknown>;
}

const KEY = "vibn_outbox";
const MOST = 20;
const LONGEST_PAUSE = 60_000;

/** Sends one call and answers what came back; nothing if it has to wait for a better time. */
export type Post = (path: string, body: Record<string, unknown>) => Promise<unknown>;

/**
 * Keeps calls until they are acknowledged: across failures with growing pauses, across pages where storage is allowed. A
 * call under way when the page goes is finished by the browser (`keepalive`).
 */
export function outboxTo(url: string, key: string, mayStore: () => boolean): Post {
  const stored = attempt(() => JSON.parse(localStorage.getItem(KEY) || "[]"));
  let letters: Letter[] = Array.isArray(stored) ? stored : [];
  let pause = 1000;
  let timer: ReturnType<typeof setTimeout>;

  const address = (letter: Letter) => `${url + letter.path}?key=${key}`;
  const text = (letter: Letter) => JSON.stringify({ ...letter.body, sent_at: new Date() });
  const keep = (kept: Letter[]) => {
    letters = kept.slice(-MOST);
    attempt(() => {
      if (letters[0] && mayStore()) localStorage.setItem(KEY, JSON.stringify(letters));
      else localStorage.removeItem(KEY);
    });
  };

  const deliver = async (letter: Letter) => {
    const response = await attempt(() =>
      fetch(address(letter), { method: "POST", keepalive: true, body: text(letter) }).catch(() => undefined),
    );
    if (response && (response.ok || (response.status < 500 && response.status !== 429))) {
      keep(letters.filter((other) => other !== letter));
      pause = 1000;
      return response.ok ? response.json() : undefined;
    }
    clearTimeout(timer);
    timer = setTimeout(() => letters.forEach(deliver), pause);
    pause = Math.min(pause * 2, LONGEST_PAUSE);
    return undefined;
  };

  letters.forEach(deliver);
  return (path, body) => {
    const letter = { path, body };
    keep([...letters, letter]);
    return deliver(letter);
  };
}
