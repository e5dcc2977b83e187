import { attempt } from "./attempt";

const COOKIE = "vibn_attribution";
const PROBE = "vibn_probe";
const COPIES = ["localStorage", "sessionStorage"] as const;
/** Of a cookie with its name. */
const MOST_BYTES = 2048;
/** No value of a touch is longer before it is stored. */
const LONGEST = 150;

function setCookie(name: string, text: unknown, seconds: number, domain?: string): void {
  attempt(() => {
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser.
    document.cookie = `${name}=${text};path=/;max-age=${seconds};SameSite=Lax;domain=${domain || ""}${location.protocol === "https:" ? ";Secure" : ""}`;
  });
}

const cookies = (name: string): string[] =>
  attempt(() =>
    document.cookie
      .split("; ")
      .map((pair) => pair.split("="))
      .filter(([key]) => key === name)
      .map(([, value]) => value as string),
  ) || [];

/** The host, and the domains that it is part of, the widest first. */
const domains = () =>
  location.hostname
    .split(".")
    .map((_, i, labels) => labels.slice(i).join("."))
    .reverse();

/**
 * The widest domain of this host that takes a cookie: `example.com` for `app.example.com`, but `me.github.io` for
 * `me.github.io`, since browsers refuse cookies for public suffixes. Nothing if none does.
 */
export function rootDomain(): string | undefined {
  // Another tab may be looking at the same time.
  const mark = `${Math.random()}`;
  return domains().find((domain) => {
    setCookie(PROBE, mark, 9, domain);
    const taken = cookies(PROBE).includes(mark);
    setCookie(PROBE, "", 0, domain);
    return taken;
  });
}

/** Reads the cookie, or its copy where cookies are refused. Content that is not ours reads as nothing. */
export function load(): unknown {
  for (const text of [...cookies(COOKIE), ...COPIES.map((kind) => attempt(() => window[kind].getItem(COOKIE)))]) {
    const value = attempt(
      () => (text as string).length <= MOST_BYTES && JSON.parse(decodeURIComponent(text as string)),
    );
    if (value) return value;
  }
  return undefined;
}

/**
 * What the cookie says, in at most 2 KB. What is too long loses, in this order: what follows a question mark, which in
 * landing pages are parameters that stand apart as well; then the ends of all values, at the same length, the longest at which everything fits.
 */
export function fitted(value: object): string {
  for (let longest = 1e4; ; longest = longest > LONGEST ? LONGEST : Math.floor(longest * 0.8)) {
    const text = encodeURIComponent(
      JSON.stringify(value, (name, part) =>
        typeof part !== "string" || /since|_at/.test(name)
          ? part
          : (longest < 1e4 ? part.replace(/\?.*/, "") : part).slice(0, longest),
      ),
    );
    if (text.length + COOKIE.length < MOST_BYTES) return text;
  }
}

/** Removes a key from both kinds of storage. */
export function drop(key: string): void {
  for (const kind of COPIES) attempt(() => window[kind].removeItem(key));
}

/** Writes the cookie, or a copy where cookies are refused; answers whether there is one of them now. */
export function save(value: object, days: number, domain?: string): boolean | undefined {
  const text = fitted(value);
  setCookie(COOKIE, text, days * 86400, domain);
  // A copy beside a cookie would outlive what another sub-domain erases.
  drop(COOKIE);
  return (
    cookies(COOKIE).includes(text) ||
    COPIES.some((kind) =>
      attempt(() => {
        window[kind].setItem(COOKIE, text);
        return true;
      }),
    )
  );
}

/** Erases the cookie, whichever domain an earlier page found for it, and its copies. */
export function erase(): void {
  for (const domain of [undefined, ...domains()]) setCookie(COOKIE, "", 0, domain);
  drop(COOKIE);
}
