import { inject } from "./inject";
import type { Options } from "./types";

type Payload = Record<string, unknown>;
type Sent = Payload | false | undefined;
type Hook = (type: string, payload: Payload) => Sent | Promise<Sent>;

/** Umami's global, as far as it is used here. */
export interface Umami {
  track(name: string, data?: object): unknown;
  /** From 3.1. */
  getSession?(): { cache: string };
}

declare global {
  interface Window {
    umami?: Umami;
    vibnBeforeSend?: Hook;
  }
}

/**
 * Adds Umami's script to the page, with a hook that puts an id into what it sends.
 *
 * @param carried the id of now, empty for none
 * @param ready called when Umami has sent the first page view, or cannot
 */
export function addUmami(options: Options, carried: () => string, ready: () => void): void {
  window.vibnBeforeSend = (type, payload) => {
    const theirs = (window as unknown as Record<string, Hook>)[options.beforeSend as string];
    const own = (sent: Sent) => {
      const id = carried();
      return sent && id ? { ...sent, id } : sent;
    };
    const sent = theirs ? theirs(type, payload) : payload;
    return sent instanceof Promise ? sent.then(own) : own(sent);
  };

  const { umamiScriptUrl, nonce } = options;
  const data: Record<string, string> = { beforeSend: "vibnBeforeSend" };
  // data-umami-tag, data-umami-domains, … are Umami's own data-tag, data-domains, …
  for (const [name, value] of Object.entries(options))
    if (/^umami./.test(name) && value) data[(name[5] as string).toLowerCase() + name.slice(6)] = value;
  inject(
    umamiScriptUrl,
    {
      nonce,
      onerror: ready,
      // Umami sends the first page view when the document is complete; that one goes out before anyone is identified.
      onload() {
        if (document.readyState === "complete") ready();
        else addEventListener("load", ready);
      },
    },
    data,
  );
}
