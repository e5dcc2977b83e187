import { createHmac } from "node:crypto";
import { inject } from "vitest";

export const values = inject("stack");

/** Where things are, and their keys. */
export const value = (name: string): string => {
  const found = values[name];
  if (!found) throw new Error(`the stack has no ${name}`);
  return found;
};

/** An answer of an API; the shape is what the test asserts. */
// biome-ignore lint/suspicious/noExplicitAny: bodies are asserted field by field.
export type Json = any;

async function get(url: string): Promise<{ status: number; body: Json }> {
  const answer = await fetch(url, { headers: { Authorization: `Bearer ${value("READ_KEY")}` } });
  return { status: answer.status, body: await answer.json() };
}

export const attribution = (user: string) =>
  get(`${value("ATTRIBUTION_URL")}/v1/attributions/${encodeURIComponent(user)}`);

export const segments = (user: string) =>
  get(`${value("ATTRIBUTION_URL")}/v1/users/${encodeURIComponent(user)}/identity-links`);

export const profile = (user: string) =>
  get(`${value("UMAMI_QUERY_URL")}/v1/users/${encodeURIComponent(user)}/profile`);

/** A call to attribution-service with a body of any kind. */
export async function post(path: string, body: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(value("ATTRIBUTION_URL") + path, {
    method: "POST",
    headers: { "Content-Type": "application/json", Authorization: `Bearer ${value("SERVER_KEY")}`, ...headers },
    body,
  });
}

export const sign = (user: string) => createHmac("sha256", value("SIGNING_SECRET")).update(user).digest("hex");

/** An event of an anonymous visitor, sent to Umami as the script does; answers the session. */
export async function visitUmami(url: string, referrer: string): Promise<string> {
  const answer = await fetch(`${value("UMAMI_URL")}/api/send`, {
    method: "POST",
    headers: {
      "Content-Type": "application/json",
      "User-Agent": "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/131.0.0.0 Safari/537.36",
      "X-Forwarded-For": `203.0.113.${Math.floor(Math.random() * 250)}`,
    },
    body: JSON.stringify({
      type: "event",
      payload: { website: value("UMAMI_WEBSITE_ID"), hostname: "www.example.com", screen: "1920x1080", url, referrer },
    }),
  });
  return ((await answer.json()) as { sessionId: string }).sessionId;
}

/** Asks until the answer satisfies; fails with the last one after forty seconds, or as many as are given. */
export async function eventually<T>(
  ask: () => Promise<T>,
  satisfied: (answer: T) => boolean,
  seconds = 40,
): Promise<T> {
  const giveUp = Date.now() + seconds * 1000;
  for (;;) {
    const answer = await ask();
    if (satisfied(answer)) return answer;
    if (Date.now() > giveUp) throw new Error(`still not: ${JSON.stringify(answer, null, 2)}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
