/** Bodies of attribution-service and umami-query-service, as far as they are shown. Absent and null mean the same. */

type Maybe<T> = T | null | undefined;

export interface Touch {
  utm_source?: Maybe<string>;
  utm_medium?: Maybe<string>;
  utm_campaign?: Maybe<string>;
  utm_content?: Maybe<string>;
  utm_term?: Maybe<string>;
  click_ids?: Maybe<Record<string, string>>;
  referrer?: Maybe<string>;
  landing_page?: Maybe<string>;
  first_seen_at?: Maybe<string>;
  direct?: Maybe<boolean>;
}

export interface Attribution {
  user_id: string;
  channel?: Maybe<string>;
  first_touch: Touch;
  last_channel?: Maybe<string>;
  last_touch?: Maybe<Touch>;
  trust?: Maybe<string>;
  source?: Maybe<string>;
  signed_up_at: string;
}

export interface Conversion {
  conversion_id: string;
  name: string;
  occurred_at: string;
  value?: Maybe<number>;
  currency?: Maybe<string>;
}

export interface TrailEvent {
  event_id: string;
  occurred_at: string;
  type: "pageview" | "event";
  url_path?: Maybe<string>;
  page_title?: Maybe<string>;
  hostname?: Maybe<string>;
  event_name?: Maybe<string>;
  referrer_domain?: Maybe<string>;
  session_id: string;
  visit_id?: Maybe<string>;
  device?: Maybe<string>;
  browser?: Maybe<string>;
  os?: Maybe<string>;
  screen?: Maybe<string>;
  country?: Maybe<string>;
  city?: Maybe<string>;
  shared?: Maybe<boolean>;
}

export interface Identity {
  degraded?: Maybe<boolean>;
  degraded_reason?: Maybe<string>;
  shared?: Maybe<boolean>;
  truncated?: Maybe<boolean>;
}

export interface Page<T> {
  items: T[];
  next_cursor?: Maybe<string>;
}

export interface Trail extends Page<TrailEvent> {
  identity?: Maybe<Identity>;
}

export interface UserFunnel {
  sessions: number;
  visits: number;
  pageviews: number;
  events: number;
  pageviews_before_signup?: Maybe<number>;
  seconds_to_signup?: Maybe<number>;
  signed_up_at?: Maybe<string>;
  first_interaction_at?: Maybe<string>;
  last_interaction_at?: Maybe<string>;
  devices?: Maybe<string[]>;
  truncated?: Maybe<boolean>;
  identity?: Maybe<Identity>;
}

export interface Profile {
  user_id: string;
  first_touch_web_funnel: UserFunnel;
  live_click_trail: Trail;
}

export interface Money {
  currency: string;
  value: string;
}

export interface Figures {
  signups: number;
  converted_users: number;
  conversions: number;
  conversion_rate: Maybe<number>;
  revenue: Money[];
  median_seconds_to_signup?: Maybe<number>;
  median_seconds_to_conversion?: Maybe<number>;
}

export type Side = "first" | "last";
export type Measure = "signups" | "converted_users";
export type Trend = Partial<Record<Side, Maybe<Record<Measure, number[]>>>>;

export interface Group {
  value: string | null;
  first?: Maybe<Figures>;
  last?: Maybe<Figures>;
  previous_first?: Maybe<Figures>;
  previous_last?: Maybe<Figures>;
  trend?: Maybe<Trend>;
}

export interface Acquisition {
  by: string;
  touch: Side | "both";
  interval: string;
  time_zone: string;
  from: string;
  to: string;
  periods: string[];
  totals: Figures;
  previous?: Maybe<{ from: string; to: string; totals: Figures }>;
  groups: Group[];
  other?: Maybe<Omit<Group, "value"> & { groups: number }>;
  generated_at: string;
}

export interface FunnelStep {
  visitors: number;
  share_of_first: Maybe<number>;
  share_of_previous: Maybe<number>;
  median_seconds_from_previous?: Maybe<number>;
}

export interface SiteFunnel {
  from: string;
  to: string;
  window_days: number;
  by: string;
  steps: (FunnelStep & { step: string })[];
  groups: { value: string | null; steps: FunnelStep[] }[];
  truncated: boolean;
  limits: string[];
  degraded: boolean;
}
