import { attempt } from "./attempt";
import type { Options, UmamiSession } from "./types";

type Payload = Record<string, unknown>;
type Hook = (type: string, payload: Payload) => Payload | false | undefined;

declare global {
  interface Window {
    umami?: { track(name: string, data?: object): unknown };
    vibnBeforeSend?: Hook;
  }
}

/** Longest that a signup waits for Umami: an ad blocker must not delay it. */
const PATIENCE = 2000;

const patience = () => new Promise<undefined>((resolve) => setTimeout(resolve, PATIENCE));

/** Umami in this page. */
export interface Umami {
  /** Settles when Umami has sent the first page view, or cannot. */
  readonly _ready: Promise<void>;
  /** Puts this id into every payload from now on; empty for none. */
  _carry(id: string): void;
  /**
   * Asks for the session that this page is in; with `part` (an id, data) tells Umami who this is. An identify without
   * either writes nothing.
   */
  _identify(part?: Payload): Promise<UmamiSession | undefined>;
}

/** Adds Umami's script to the page, with a hook that can put an id into what it sends. */
export function umamiIn(options: Options, carried: string): Umami {
  const { umamiScriptUrl, umamiWebsiteId, umamiHostUrl, beforeSend } = options;
  const collector = `${umamiHostUrl || umamiScriptUrl.replace(/\/[^/]*$/, "")}/api/send`;

  window.vibnBeforeSend = (type, payload) => {
    const hook = (window as unknown as Record<string, Hook>)[beforeSend as string];
    const final = typeof hook === "function" ? attempt(() => hook(type, payload)) : payload;
    return final && carried ? { ...final, id: carried } : final;
  };

  const injected = new Promise<void>((resolve) => {
    const script = document.createElement("script");
    Object.assign(script.dataset, {
      websiteId: umamiWebsiteId,
      beforeSend: "vibnBeforeSend",
      ...(umamiHostUrl && { hostUrl: umamiHostUrl }),
    });
    script.onerror = () => resolve();
    // Umami sends the first page view when the document is complete; that one has to go out before anyone is identified.
    script.onload = () => {
      if (document.readyState === "complete") setTimeout(resolve);
      else addEventListener("load", () => setTimeout(resolve));
    };
    script.src = umamiScriptUrl;
    document.head.append(script);
  });

  return {
    _ready: Promise.race([injected, patience()]),

    _carry(id) {
      carried = id;
    },

    // A direct call, as text so that it costs no preflight: the script's own calls do not tell their answers.
    async _identify(part) {
      const payload = {
        website: umamiWebsiteId,
        hostname: location.hostname,
        screen: `${screen.width}x${screen.height}`,
        language: navigator.language,
        url: location.pathname,
        ...part,
      };
      const body = JSON.stringify({ type: "identify", payload });
      const answer = await Promise.race([
        fetch(collector, { method: "POST", keepalive: true, body })
          .then((response) => response.json())
          .catch(() => {}),
        patience(),
      ]);
      return (
        answer?.sessionId && { website_id: umamiWebsiteId, session_id: answer.sessionId, visit_id: answer.visitId }
      );
    },
  };
}
