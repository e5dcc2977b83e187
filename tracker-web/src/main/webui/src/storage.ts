import { attempt } from "./attempt";

const COOKIE = "vibn_attribution";
const MOST_BYTES = 2048;
const COPIES = ["localStorage", "sessionStorage"] as const;

function setCookie(pair: string, seconds: number, domain: string): void {
  attempt(() => {
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser.
    document.cookie = `${pair};path=/;max-age=${seconds};SameSite=Lax${domain && `;domain=${domain}`}${location.protocol === "https:" ? ";Secure" : ""}`;
  });
}

/**
 * The widest domain of this host that takes a cookie: `example.com` for `app.example.com`, but `me.github.io` for
 * `me.github.io`, since browsers refuse cookies for public suffixes. Empty if none does (localhost, an address).
 */
export function rootDomain(): string {
  const labels = location.hostname.split(".");
  for (let i = labels.length - 2; i >= 0 && !/\d$/.test(location.hostname); i--) {
    const domain = labels.slice(i).join(".");
    setCookie("vibn_probe=1", 9, domain);
    const taken = attempt(() => /vibn_probe=1/.test(document.cookie));
    setCookie("vibn_probe=", 0, domain);
    if (taken) return domain;
  }
  return "";
}

/** Reads the cookie, or its copy where cookies are refused. Content that is not ours reads as nothing. */
export function load(): unknown {
  const cookie = attempt(() => document.cookie.match(/(?:^|; )vibn_attribution=([^;]*)/)?.[1]);
  for (const text of [cookie, ...COPIES.map((kind) => attempt(() => window[kind].getItem(COOKIE)))]) {
    const value = text && text.length <= MOST_BYTES && attempt(() => JSON.parse(decodeURIComponent(text)));
    if (value) return value;
  }
  return undefined;
}

/** Writes the cookie and its copies; what is too large is not written at all. Without a value: erases them. */
export function save(value: object | undefined, days: number, domain: string): void {
  const text = value ? encodeURIComponent(JSON.stringify(value)) : "";
  if (text.length > MOST_BYTES) return;
  setCookie(`${COOKIE}=${text}`, text ? days * 86400 : 0, domain);
  for (const kind of COPIES) {
    attempt(() => (text ? window[kind].setItem(COOKIE, text) : window[kind].removeItem(COOKIE)));
  }
}
