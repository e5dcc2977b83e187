import { UserManager, WebStorageStateStore } from "oidc-client-ts";

/** Keeps the tokens of a sign-in for as long as the page is open, and nowhere else. */
class Memory implements Storage {
  private readonly kept = new Map<string, string>();
  [name: string]: unknown;
  get length(): number {
    return this.kept.size;
  }
  key(at: number): string | null {
    return [...this.kept.keys()][at] ?? null;
  }
  getItem(key: string): string | null {
    return this.kept.get(key) ?? null;
  }
  setItem(key: string, value: string): void {
    this.kept.set(key, value);
  }
  removeItem(key: string): void {
    this.kept.delete(key);
  }
  clear(): void {
    this.kept.clear();
  }
}

export interface SignIn {
  /** Completes a sign-in that this page comes back from; answers where it had begun. */
  completed(): Promise<string | null>;
  /** Leaves for the provider. */
  begin(): Promise<void>;
  /** An access token that is good for now, or null when one has to sign in. */
  token(): Promise<string | null>;
}

/** Authorization code with PKCE of a public client. Tokens are in memory; the state of the way there and back is the tab's. */
export function signIn(authority: string, clientId: string, scope: string): SignIn {
  const page = new URL("./", location.href).href;
  const manager = new UserManager({
    authority,
    client_id: clientId,
    redirect_uri: page,
    scope,
    userStore: new WebStorageStateStore({ store: new Memory() }),
    stateStore: new WebStorageStateStore({ store: sessionStorage }),
    automaticSilentRenew: true,
    loadUserInfo: false,
  });
  return {
    async completed() {
      const query = new URLSearchParams(location.search);
      if (!query.has("state") || !(query.has("code") || query.has("error"))) return null;
      // The code is good once; it shall not stay in the address.
      const answer = location.href;
      history.replaceState(null, "", page);
      const user = await manager.signinRedirectCallback(answer);
      return typeof user.state === "string" ? user.state : "";
    },
    begin: () => manager.signinRedirect({ state: location.hash }),
    async token() {
      const user = await manager.getUser();
      return user && !user.expired ? user.access_token : null;
    },
  };
}
