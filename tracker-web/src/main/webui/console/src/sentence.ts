import type { Format } from "./format";
import type { Touch } from "./types";

const NAMES: Record<string, string> = {
  google: "Google",
  bing: "Bing",
  facebook: "Facebook",
  instagram: "Instagram",
  linkedin: "LinkedIn",
  twitter: "Twitter",
  x: "X",
  reddit: "Reddit",
  tiktok: "TikTok",
  youtube: "YouTube",
  producthunt: "Product Hunt",
  github: "GitHub",
};
const PAID = /^(cpc|ppc|paid.*|cpm|display|retargeting|ads?)$/i;

export const hostOf = (url: string): string => {
  try {
    return new URL(url).hostname.replace(/^www\./, "");
  } catch {
    return url;
  }
};

/** The path of an address; of another text, the text. */
export const pathOf = (url: string): string => {
  try {
    return new URL(url).pathname;
  } catch {
    return url.replace(/[?#].*$/s, "");
  }
};

/** Who sent the visitor, in words; null for a direct visit. */
export function senderOf(touch: Touch): string | null {
  const source = touch.utm_source;
  if (source) {
    const name = NAMES[source.toLowerCase()] ?? source;
    return PAID.test(touch.utm_medium ?? "") ? `${name} Ads` : name;
  }
  if (touch.click_ids?.gclid) return "Google Ads";
  const [clickId] = Object.keys(touch.click_ids ?? {});
  if (touch.referrer) return hostOf(touch.referrer);
  return clickId ? `a click with ${clickId}` : null;
}

/** One part of a sentence; the strong ones carry it. */
export interface Word {
  text: string;
  strong?: boolean;
}

/** "Came from Google Ads, campaign spring, on 3 Oct at 14:02, landed on /pricing, signed up 2 days later." */
export function sentence(touch: Touch, signedUpAt: string | null, format: Format): Word[] {
  const words: Word[] = [];
  const say = (text: string, strong = false) => words.push({ text, strong });
  const sender = senderOf(touch);
  if (sender) {
    say("Came from ");
    say(sender, true);
  } else say("Came directly");
  if (touch.utm_campaign) {
    say(", campaign ");
    say(touch.utm_campaign, true);
    say(",");
  }
  if (touch.first_seen_at) say(` on ${format.date(touch.first_seen_at)} at ${format.time(touch.first_seen_at)}`);
  if (touch.landing_page) {
    say(", landed on ");
    say(pathOf(touch.landing_page), true);
  }
  if (signedUpAt) say(`, signed up ${later(touch.first_seen_at, signedUpAt, format)}`);
  say(".");
  return words;
}

function later(seenAt: string | null | undefined, signedUpAt: string, format: Format): string {
  const seconds = seenAt ? Math.round((Date.parse(signedUpAt) - Date.parse(seenAt)) / 1000) : null;
  if (seconds == null || seconds < 0) return `on ${format.date(signedUpAt)} at ${format.time(signedUpAt)}`;
  return seconds < 1 ? "at once" : `${format.duration(seconds)} later`;
}
