import { createParser } from "eventsource-parser";
import type { Client } from "./client";
import { Failure } from "./failure";
import type { TrailEvent } from "./types";

export type LiveState = "connecting" | "live" | "waiting" | "off";

export interface Listener {
  event(event: TrailEvent): void;
  /** More happened than is replayed. */
  gap(): void;
  state(state: LiveState): void;
}

const SHORTEST_MS = 1000;
const LONGEST_MS = 30_000;

/**
 * Hears a user's events until the signal ends. Not by EventSource, which cannot send a token. What it missed while a
 * connection was broken is replayed by the service.
 */
export async function listen(client: Client, userId: string, listener: Listener, signal: AbortSignal): Promise<void> {
  const path = `/v1/users/${encodeURIComponent(userId)}/live`;
  let last = "";
  let pause = SHORTEST_MS;
  const parser = createParser({
    onEvent: ({ event, id, data }) => {
      if (id) last = id;
      if (event === "ready") {
        pause = SHORTEST_MS;
        listener.state("live");
      } else if (event === "trail") listener.event(JSON.parse(data));
      else if (event === "gap") listener.gap();
      else if (event === "unavailable") listener.state("waiting");
    },
  });
  while (!signal.aborted) {
    try {
      const headers: Record<string, string> = last ? { "Last-Event-ID": last } : {};
      const answer = await client.open("query", path, [], { user_id: userId }, headers, signal);
      const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
      for (let read = await reader?.read(); read && !read.done; read = await reader?.read()) parser.feed(read.value);
    } catch (e) {
      if (signal.aborted) return;
      if (e instanceof Failure && e.status >= 400 && e.status < 500 && e.status !== 429) {
        // Asking again changes nothing. An id of another server's is forgotten, though.
        if (e.status !== 400 || !last) {
          listener.state("off");
          return;
        }
        last = "";
      }
      if (e instanceof Failure && e.retryAfter) pause = Math.max(pause, e.retryAfter * 1000);
    }
    parser.reset();
    listener.state("waiting");
    await new Promise((resolve) => setTimeout(resolve, pause));
    pause = Math.min(pause * 2, LONGEST_MS);
  }
}
