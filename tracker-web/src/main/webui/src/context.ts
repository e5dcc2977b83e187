import type { Kept } from "./touches";
import type { Options, UmamiSession, User, Vibn } from "./types";

/** A call to attribution-service that has to arrive. */
export interface Letter {
  path: string;
  body: Record<string, unknown>;
  /** Where it is stored, until it is acknowledged. */
  key: string;
}

/** Who is logged in: the id that Umami gets, and the session of theirs that is linked already. */
export type Who = [id?: string, session?: string | undefined];

/** What the parts that load later see of the tracker. Names with an underscore are shortened, in both files alike. */
export interface Context {
  _options: Options;
  _vibn: Vibn;
  /** Widest domain that takes a cookie; nothing for none. */
  _domain?: string | undefined;
  /** The Umami session of this page while nobody is identified in it. */
  _session?: UmamiSession | undefined;
  /** What is known of the visitor. */
  _kept(): Kept;
  /** Puts this in its place. */
  _keep(kept: Kept): void;
  /** Called after the touches were written; the extras may set it. */
  _changed?: () => void;
  _who(): Who;
  _remember(who: Who): void;
  /** The id that every payload to Umami carries; empty for none. */
  _carried(): string;
  /** The session that Umami's script knows, where it tells; or the one that it was asked for. */
  _known(): UmamiSession | undefined;
  /** Writes a letter, and stores it where that is allowed; nothing without an attribution-service. */
  _keepLetter(path: string, body: Record<string, unknown>): Letter | undefined;
  /** The part that knows users, once it is there. */
  _identity?: Identity;
}

/** The part that knows users. */
export interface Identity {
  _identify(user: User): Promise<unknown>;
  /** `before` is what was known of the visitor when the signup began. */
  _signup(user: User, before: Kept, letter?: Letter): Promise<unknown>;
}

/** Brings what most page views do not need. */
export type Load = (context: Context) => Promise<unknown>;
