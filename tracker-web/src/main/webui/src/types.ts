/** One arrival from outside, in the flat names that attribution-service takes. */
export interface Touch {
  /** The page that linked here; never the site itself or a sign-in or payment page. */
  referrer?: string;
  /** The page that was reached, with campaign parameters only. */
  landing_page?: string;
  /** When, by this device's clock, RFC 3339. */
  first_seen_at: string;
  /** utm_ parameters and click ids, as they stood in the address. */
  [parameter: string]: string | undefined;
}

/** The Umami session this page is in. */
export interface UmamiSession {
  website_id: string;
  session_id: string;
  visit_id?: string;
}

/** What {@link Vibn.getStoredAttribution} answers; spread it into your signup request. */
export interface StoredAttribution {
  referrer?: string;
  landing_page?: string;
  first_seen_at?: string;
  last_touch?: Touch | undefined;
  umami?: UmamiSession | undefined;
  /** utm_ parameters and click ids. */
  [parameter: string]: string | Touch | UmamiSession | undefined;
}

/** A user of your application. Of the traits only those named in `traits` reach Umami. */
export interface User {
  /** Your id of the user, 1 to 255 characters. */
  userId: string | number;
  /** hex(HMAC-SHA256(signing secret, user id)), made by your server: proves the id to attribution-service. */
  signature?: string;
  /** Or a JWT of your application whose subject is the user. */
  token?: string;
  /** Any further trait. */
  [trait: string]: unknown;
}

/** What `identify` does in Umami: a session of the user's own, or a note in the session that is there. */
export type IdentifyMode = "user" | "session";

/**
 * What a page can have besides. `cmp`: consent by TCF v2 and Google Consent Mode v2. `linker`: the touch goes along with
 * links to your other domains. `forms`: fields with `data-vibn-field` are filled. `events`: clicks on elements with
 * `data-vibn-event` are tracked. `touch`: the server sets the cookie again, see `touchUrl`. `debug`: messages on the
 * console.
 */
export type Helper = "cmp" | "linker" | "forms" | "events" | "touch" | "debug";

export interface Options {
  /** Umami's id of the website. */
  umamiWebsiteId: string;
  /** Address of Umami's script. */
  umamiScriptUrl: string;
  /** Where Umami collects; default: beside its script. */
  umamiHostUrl?: string | undefined;
  /** Path of Umami's collector there, if its operator has renamed it. Default `/api/send`. */
  umamiCollectPath?: string | undefined;
  /** Address of attribution-service; without it signups go through your own server. */
  attributionUrl?: string | undefined;
  /** Publishable key of attribution-service, `pk_…`. */
  publishableKey?: string | undefined;
  /** The same, by the name of the script tag's attribute. */
  key?: string | undefined;
  /** Default `user`. */
  identify?: IdentifyMode | undefined;
  /** `required`: nothing is stored on the device before `consent("granted")`. */
  consent?: "required" | "granted" | undefined;
  /** Traits that may go to Umami, besides the user id. Default none. */
  traits?: string[] | undefined;
  /** Hosts that are never a referrer, besides the site's own and the usual sign-in and payment hosts. */
  ignoreReferrers?: string[] | undefined;
  /** Name of a global function of yours that sees every Umami payload, as Umami's data-before-send. */
  beforeSend?: string | undefined;
  /** Days that a touch is kept after the last visit. Default 90. */
  cookieDays?: number | undefined;
  /** Parameters may stand in the fragment too, for applications that route by it. */
  hash?: boolean | undefined;
  /** A signup leaves the touch on the device. */
  keepTouch?: boolean | undefined;
  /** Nonce of your content security policy, for the scripts that are added. */
  nonce?: string | undefined;
  /** Helpers to load: see {@link Helper}. */
  use?: Helper[] | undefined;
  /** Hosts of yours that get the touch with a link; for the helper `linker`. */
  linker?: string[] | undefined;
  /** Address on your own site that sets the cookie again from the server: `/v1/touch` of tracker-web. */
  touchUrl?: string | undefined;
}

/** `window.vibn`. No call ever throws or rejects. */
export interface Vibn {
  /** The first touch of this visitor in flat fields, the last one, and the Umami session once it is known. */
  getStoredAttribution(): StoredAttribution;
  /** Says who this visitor is: at login, and on pages of a logged-in user. */
  identify(user: User): Promise<unknown>;
  /** Records a custom event in Umami. */
  track(name: string, data?: Record<string, unknown>): void;
  /** Sends the stored touch to attribution-service, then identifies. Resolves with its answer, if there was one. */
  signup(user: User): Promise<unknown>;
  /** The visitor's decision. `denied` erases what is stored. */
  consent(decision: "granted" | "denied"): void;
  /** Logout: the next person on this device is somebody else. */
  reset(): void;
  /** Settles once Umami is there, or known not to come. */
  readonly ready: Promise<void>;
}
