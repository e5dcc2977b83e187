import { attempt } from "./attempt";

/** Umami keeps 50 characters of an id. */
const LONGEST = 50;

/**
 * What Umami gets for a user: the id, or for a longer one the first 50 digits of its SHA-256. Empty where the browser
 * cannot compute that (plain http): such a page uses the session mode.
 */
export async function distinctId(userId: string): Promise<string> {
  if (userId.length <= LONGEST) return userId;
  const digest = await attempt(() => crypto.subtle.digest("SHA-256", new TextEncoder().encode(userId)));
  return [...new Uint8Array(digest ?? [])]
    .map((byte) => byte.toString(16).padStart(2, "0"))
    .join("")
    .slice(0, LONGEST);
}
