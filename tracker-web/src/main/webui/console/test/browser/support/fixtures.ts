import type {
  Acquisition,
  Attribution,
  Conversion,
  Figures,
  Profile,
  SiteFunnel,
  TrailEvent,
} from "../../../src/types";

/** The browser's clock stands still at it. */
export const NOW = "2026-11-25T10:00:00Z";
export const USER = "ada-lovelace";

const ago = (minutes: number): string => new Date(Date.parse(NOW) - minutes * 60_000).toISOString();

const VISITS = [
  { session: "a1", minutes: 12, device: "mobile", browser: "ios", os: "iOS", screen: "390x844", city: "Hamburg" },
  {
    session: "a2",
    minutes: 1500,
    device: "laptop",
    browser: "chrome",
    os: "Mac OS",
    screen: "1512x982",
    city: "Berlin",
  },
  {
    session: "a2",
    minutes: 4400,
    device: "laptop",
    browser: "chrome",
    os: "Mac OS",
    screen: "1512x982",
    city: "Berlin",
  },
];
const PAGES = [
  ["/app", "Dashboard"],
  ["/settings", "Settings"],
  ["/signup", "Create your account"],
  ["/docs/getting-started", "Getting started with self-hosted analytics"],
  ["/pricing", "Pricing"],
  ["/", "Acme"],
];

export const event = (id: string, minutes: number, more: Partial<TrailEvent> = {}): TrailEvent => ({
  event_id: id,
  occurred_at: ago(minutes),
  type: "pageview",
  url_path: "/app",
  page_title: "Dashboard",
  session_id: "a1",
  visit_id: "v0",
  device: "mobile",
  browser: "ios",
  os: "iOS",
  screen: "390x844",
  country: "DE",
  city: "Hamburg",
  shared: false,
  ...more,
});

/** Newest first. */
export const trail = (): TrailEvent[] =>
  VISITS.flatMap(({ session, minutes, ...device }, visit) =>
    PAGES.map(([url_path, page_title], at) =>
      event(`${visit}-${at}`, minutes + at * 3, {
        ...device,
        session_id: session,
        visit_id: `v${visit}`,
        url_path: url_path as string,
        page_title: page_title as string,
        ...(at === 0 && visit < 2
          ? { type: "event" as const, event_name: visit ? "invited a colleague" : "upgraded" }
          : {}),
        ...(at === PAGES.length - 1 && visit === 2 ? { referrer_domain: "www.google.com" } : {}),
      }),
    ),
  );

export const attribution = (): Attribution => ({
  user_id: USER,
  channel: "Paid Search",
  first_touch: {
    utm_source: "google",
    utm_medium: "cpc",
    utm_campaign: "spring",
    click_ids: { gclid: "Cj0KCQiA-_example-of-a-click-id_ENDzWCBhD8ARIsAHAK" },
    referrer: "https://www.google.com/",
    landing_page: "https://www.example.com/?utm_source=google&utm_medium=cpc&utm_campaign=spring",
    first_seen_at: ago(4415),
    direct: false,
  },
  last_channel: "Email",
  last_touch: {
    utm_source: "newsletter",
    utm_medium: "email",
    utm_campaign: "october",
    landing_page: "https://www.example.com/pricing",
    first_seen_at: ago(1520),
    direct: false,
  },
  trust: "signed",
  source: "browser",
  signed_up_at: ago(1505),
});

export const conversions = (): Conversion[] => [
  { conversion_id: "c1", name: "purchase", occurred_at: ago(14), value: 49.9, currency: "EUR" },
];

export const profile = (): Profile => ({
  user_id: USER,
  first_touch_web_funnel: {
    sessions: 2,
    visits: 3,
    pageviews: 1234,
    events: 2,
    pageviews_before_signup: 8,
    seconds_to_signup: 174_600,
    signed_up_at: ago(1505),
    first_interaction_at: ago(4415),
    last_interaction_at: ago(12),
    devices: ["mobile", "laptop"],
    truncated: false,
    identity: { degraded: false, shared: false },
  },
  live_click_trail: { items: trail(), next_cursor: null },
});

export const figures = (signups: number, converted: number, more: Partial<Figures> = {}): Figures => ({
  signups,
  converted_users: converted,
  conversions: converted * 2,
  conversion_rate: signups ? converted / signups : null,
  revenue: converted ? [{ currency: "EUR", value: (converted * 49.9).toFixed(2) }] : [],
  median_seconds_to_signup: 86_000,
  median_seconds_to_conversion: converted ? 190_000 : null,
  ...more,
});

const CHANNELS: [string, number, number][] = [
  ["Paid Search", 412, 61],
  ["Organic Search", 388, 40],
  ["Email", 205, 52],
  ["Organic Social", 131, 9],
  ["Referral", 96, 12],
  ["Direct", 88, 5],
  ["AI Assistant", 41, 7],
  ["Paid Social", 32, 2],
  ["Affiliates", 4, 0],
];
const CAMPAIGNS: [string | null, number, number][] = [
  ["spring-sale-2026-retargeting-visitors-of-the-pricing-page", 201, 33],
  ["brand", 150, 21],
  [null, 61, 7],
];
const PERIODS = Array.from({ length: 30 }, (_, day) =>
  new Date(Date.UTC(2026, 9, 27 + day)).toISOString().slice(0, 10),
);

/** Sums up to `total`, not evenly. */
const spread = (total: number): number[] => {
  const weights = PERIODS.map((_, at) => 2 + ((at * 7) % 5) + (at % 7 < 5 ? 3 : 0));
  const sum = weights.reduce((a, b) => a + b);
  const parts = weights.map((weight) => Math.floor((total * weight) / sum));
  const rest = total - parts.reduce((a, b) => a + b);
  for (let at = 0; at < rest; at++) parts[(at * 11) % 30] = (parts[(at * 11) % 30] ?? 0) + 1;
  return parts;
};

/** A report as the service answers it to these parameters. */
export function acquisition(query: URLSearchParams): Acquisition {
  const by = query.get("by") ?? "channel";
  const touch = (query.get("touch") ?? "first") as Acquisition["touch"];
  const compare = query.get("compare") === "previous";
  const groups = (by === "channel" ? CHANNELS : CAMPAIGNS) as [string | null, number, number][];
  const sided = <T>(first: T, last: T) => ({
    first: touch === "last" ? null : first,
    last: touch === "first" ? null : last,
  });
  const trend = (signups: number, converted: number) => ({
    signups: spread(signups),
    converted_users: spread(converted),
  });
  const total = groups.reduce((sum, [, signups]) => sum + signups, 0);
  const converted = groups.reduce((sum, [, , converted]) => sum + converted, 0);
  const revenue = [
    { currency: "EUR", value: "12345.67" },
    { currency: "USD", value: "890.10" },
  ];
  return {
    by,
    touch,
    interval: "day",
    time_zone: "UTC",
    from: query.get("from") ?? "",
    to: query.get("to") ?? "",
    periods: PERIODS,
    totals: figures(total, converted, { revenue }),
    previous: compare
      ? { from: "", to: "", totals: figures(Math.round(total * 0.8), Math.round(converted * 1.1)) }
      : null,
    groups: groups.map(([value, signups, converted], at) => ({
      value,
      ...sided(figures(signups, converted), figures(signups - 10 * (3 - at), converted + at)),
      previous_first: compare && touch !== "last" && at < 7 ? figures(Math.round(signups * 0.9), converted) : null,
      previous_last: compare && touch !== "first" && at < 7 ? figures(Math.round(signups * 1.2), converted) : null,
      trend: sided(trend(signups, converted), trend(signups - 10 * (3 - at), converted + at)),
    })),
    other: null,
    generated_at: NOW,
  };
}

export const noSignups = (query: URLSearchParams): Acquisition => ({
  ...acquisition(query),
  totals: figures(0, 0),
  groups: [],
});

export const siteFunnel = (query: URLSearchParams): SiteFunnel => {
  const steps = query.getAll("step");
  const count = (first: number) =>
    steps.map((step, at) => {
      const visitors = Math.round(first / (at * 3 + 1));
      return {
        step,
        visitors,
        share_of_first: visitors / first,
        share_of_previous: at ? visitors / Math.round(first / (at * 3 - 2)) : 1,
        median_seconds_from_previous: at ? 3700 * at : null,
      };
    });
  return {
    from: query.get("from") ?? "",
    to: query.get("to") ?? "",
    window_days: 30,
    by: query.get("by") ?? "none",
    steps: count(12_840),
    groups:
      query.get("by") === "none"
        ? []
        : CHANNELS.slice(0, 6).map(([value, first]) => ({ value, steps: count(first * 9) })),
    truncated: false,
    limits: [],
    degraded: false,
  };
};

/** Everything that a page must show as text, and nothing else. */
export const HOSTILE = `<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>{{7*7}}\${7*7}`;
