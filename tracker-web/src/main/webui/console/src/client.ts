import { Failure } from "./failure";

/** What a token has to be good for: one user, reports, or the list of users. */
export type Scope = { user_id: string } | { reports: true } | { users: true };
export type Token = string | { token: string; expires_at?: string | null };
/** Answers a token for what is asked, or null when there is none for it. Called again before one expires and on a 401. */
export type GetToken = (scope: Scope) => Promise<Token | null> | Token | null;

export interface Addresses {
  attribution: string;
  query: string;
  /** The host's own back end that makes tokens; asked with cookies. */
  token: string;
  /** The host's own back end that answers as `GET /v1/attributions`; asked with cookies. */
  users: string;
}

/** A token is replaced so long before it ends. */
const MARGIN_MS = 20_000;
const NAMES = { attribution: "attribution-service", query: "umami-query-service" };

interface Kept {
  token: string;
  until: number;
}

export type Parameters = [name: string, value: string][];

/** Calls the services with a token that the host page provides, and asks for a new one when it is over. */
export class Client {
  private readonly kept = new Map<string, Promise<Kept>>();

  constructor(
    private readonly addresses: Addresses,
    private readonly provide: GetToken | null,
  ) {}

  async get<T>(
    service: keyof typeof NAMES,
    path: string,
    parameters: Parameters,
    scope: Scope,
    signal: AbortSignal,
  ): Promise<T> {
    const answer = await this.open(service, path, parameters, scope, {}, signal);
    return (await answer.json()) as T;
  }

  /** The answer itself, for a stream; of a failure, what the service said. */
  async open(
    service: keyof typeof NAMES,
    path: string,
    parameters: Parameters,
    scope: Scope,
    headers: Record<string, string>,
    signal: AbortSignal,
  ): Promise<Response> {
    if ("users" in scope && this.addresses.users) {
      return this.checked("The page's server", this.addresses.users, parameters, { credentials: "include", signal });
    }
    const url = this.addresses[service].replace(/\/+$/, "") + path;
    const call = async (fresh: boolean) =>
      this.checked(NAMES[service], url, parameters, {
        headers: { Authorization: `Bearer ${await this.token(scope, fresh)}`, ...headers },
        signal,
      });
    try {
      return await call(false);
    } catch (e) {
      if (!(e instanceof Failure) || e.status !== 401) throw e;
      return call(true);
    }
  }

  private async checked(name: string, url: string, parameters: Parameters, init: RequestInit): Promise<Response> {
    const query = new URLSearchParams(parameters).toString();
    let answer: Response;
    try {
      answer = await fetch(query ? `${url}?${query}` : url, {
        cache: "no-store",
        referrerPolicy: "no-referrer",
        ...init,
      });
    } catch (e) {
      if (init.signal?.aborted) throw e;
      throw new Failure(`${name} cannot be reached from this page.`, 0);
    }
    if (!answer.ok) throw await Failure.of(name, answer);
    return answer;
  }

  /** Calls that begin together wait for the same token. */
  private async token(scope: Scope, fresh: boolean): Promise<string> {
    const key = JSON.stringify(scope);
    const kept = fresh ? undefined : this.kept.get(key);
    const known = kept && (await kept.catch(() => null));
    if (known && known.until > Date.now()) return known.token;
    const asked = this.ask(scope);
    this.kept.set(key, asked);
    return (await asked).token;
  }

  private async ask(scope: Scope): Promise<Kept> {
    const given = this.provide ? await this.provide(scope) : await this.fromHost(scope);
    if (!given) throw new Failure("The token of this page may not read this.", 403);
    const { token, expires_at } = typeof given === "string" ? { token: given, expires_at: null } : given;
    return { token, until: expires_at ? Date.parse(expires_at) - MARGIN_MS : Number.POSITIVE_INFINITY };
  }

  private async fromHost(scope: Scope): Promise<Token> {
    const answer = await this.checked("The page's server", this.addresses.token, [], {
      method: "POST",
      credentials: "include",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(scope),
    });
    return (await answer.json()) as Token;
  }
}
