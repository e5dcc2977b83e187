import { attempt } from "./attempt";
import { cleaned, type Kept } from "./touches";

/** Milliseconds that a link is good for. */
export const LINK_LIFE = 120_000;

/** FNV-1a, 32 bits: tells a cut or edited link from a whole one. It is no signature; see ADR 0303. */
function checksum(text: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (hash >>> 0).toString(36);
}

/** What a link is bound to: the host it leads to, this browser, and when it was made. */
const seal = (text: string, host: string, time: string) =>
  checksum([text, host, time, navigator.userAgent, navigator.language].join("\n"));

/** The touches as a parameter of a link to `host`. Of what is kept, only the touches are in it. */
export function toLink({ first, last }: Kept, host: string, now: number): string {
  const text = encodeURIComponent(JSON.stringify({ first, last }));
  const time = now.toString(36);
  return `${time}.${seal(text, host, time)}.${btoa(text).replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "")}`;
}

/** The touches in such a parameter, if it was made for `host` by this browser within the last two minutes. */
export function fromLink(parameter: string, host: string, now: number): Kept | undefined {
  return attempt(() => {
    const [time = "", sum, packed = ""] = parameter.split(".");
    const text = atob(packed.replace(/-/g, "+").replace(/_/g, "/"));
    const age = now - Number.parseInt(time, 36);
    if (sum !== seal(text, host, time) || !(age >= 0 && age <= LINK_LIFE)) return undefined;
    const given = JSON.parse(decodeURIComponent(text)) as Record<string, unknown>;
    const first = cleaned(given.first);
    const last = cleaned(given.last);
    return first && { first, last: last || first };
  });
}
