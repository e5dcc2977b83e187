import { Failure, html, nothing, render } from "served:console.js";
import type { TemplateResult } from "lit";
import type { GetToken } from "../src/client";
import { check, tokens } from "./access";
import type { SignIn } from "./oidc";
import { type Route, readRoute, writeRoute } from "./route";

const root = document.getElementById("console") as HTMLElement;
const settings = root.dataset as Record<
  "attributionUrl" | "queryUrl" | "tokenUrl" | "usersUrl" | "oidcAuthority" | "oidcClientId" | "oidcScope",
  string | undefined
>;
const attributionUrl = settings.attributionUrl ?? "";

/** How one got in; a key is in no variable but this one's closure. */
let getToken: GetToken | null = null;
let problem = "";
let busy = false;
let oidc: SignIn | null = null;

const needsSignIn = (): boolean => !settings.tokenUrl && getToken === null;
const reasonOf = (cause: unknown): string =>
  cause instanceof Failure ? cause.message : "Signing in did not work out. Try again.";

function signOut(why = ""): void {
  getToken = null;
  problem = why;
  show();
}

function enter(credential: () => Promise<string | null>): void {
  getToken = tokens(attributionUrl, credential, () => signOut("The sign-in is over. Sign in again."));
  problem = "";
}

async function byKey(event: Event): Promise<void> {
  event.preventDefault();
  const input = (event.target as HTMLFormElement).elements.namedItem("key") as HTMLInputElement;
  const key = input.value.trim();
  busy = true;
  show();
  try {
    await check(attributionUrl, key);
    input.value = "";
    enter(async () => key);
  } catch (cause) {
    problem = reasonOf(cause);
  }
  busy = false;
  show();
}

/** Loaded only where it is configured. */
async function provider(): Promise<SignIn | null> {
  const { oidcAuthority, oidcClientId, oidcScope } = settings;
  if (!oidcAuthority || !oidcClientId) return null;
  const { signIn } = await import("served:console-oidc.js");
  return signIn(oidcAuthority, oidcClientId, oidcScope || "openid");
}

async function start(): Promise<void> {
  show();
  try {
    oidc = await provider();
    const began = await oidc?.completed();
    if (oidc && began != null) {
      if (began) history.replaceState(null, "", began);
      enter(oidc.token);
    }
  } catch (cause) {
    problem = cause instanceof Error ? cause.message : reasonOf(cause);
  }
  show();
}

function show(): void {
  const route = readRoute(location.hash);
  document.title = `${route.name === "users" ? route.userId || "Users" : route.name === "funnel" ? "Funnel" : "Acquisition"} · Vibn Attribution`;
  render(page(route), root);
}

function page(route: Route): TemplateResult {
  const link = (to: Route, label: string) =>
    html`<a href=${writeRoute(to)} aria-current=${route.name === to.name ? "page" : nothing}>${label}</a>`;
  return html`<header>
      <a class="brand" href="#/acquisition">Vibn Attribution</a>
      <nav aria-label="Views">
        ${link({ name: "acquisition", view: "" }, "Acquisition")} ${link({ name: "funnel", view: "" }, "Funnel")}
        ${link({ name: "users", userId: "" }, "Users")}
      </nav>
      ${
        needsSignIn()
          ? nothing
          : html`<search><form @submit=${search}><label><span class="hidden">User id</span><input name="user" type="search" placeholder="User id" autocomplete="off" spellcheck="false" required></label><button>Open</button></form></search>
            ${getToken ? html`<button type="button" class="plain" @click=${() => signOut()}>Sign out</button>` : nothing}`
      }
    </header>
    <main class="page">${attributionUrl ? (needsSignIn() ? signInForm() : view(route)) : notConfigured()}</main>`;
}

function search(event: Event): void {
  event.preventDefault();
  const input = (event.target as HTMLFormElement).elements.namedItem("user") as HTMLInputElement;
  const userId = input.value.trim();
  if (!userId) return;
  location.hash = writeRoute({ name: "users", userId });
  input.value = "";
}

function view(route: Route): TemplateResult {
  const follow = (event: CustomEvent<{ view: string }>) => {
    if (route.name === "users") return;
    history.replaceState(null, "", writeRoute({ name: route.name, view: event.detail.view }));
  };
  const urls = { token: settings.tokenUrl ?? "", query: settings.queryUrl ?? "", users: settings.usersUrl ?? "" };
  if (route.name === "funnel")
    return html`<h1>Funnel of the site</h1>
      <vibn-site-funnel attribution-url=${attributionUrl} query-url=${urls.query} token-url=${urls.token} .getToken=${getToken}
        .view=${route.view} @vibn-view=${follow}></vibn-site-funnel>`;
  if (route.name === "users")
    return route.userId
      ? html`<h1 class="hidden">User</h1>
        <vibn-user-profile attribution-url=${attributionUrl} query-url=${urls.query} token-url=${urls.token} .getToken=${getToken}
          user-id=${route.userId}></vibn-user-profile>`
      : html`<h1>Users</h1><div class="panel"><p>Open a user by the id that your application has for them, or find them in
          <a href="#/acquisition">Acquisition</a> by the campaign that brought them.</p>
          <form class="wide" @submit=${search}><label>User id <input name="user" autocomplete="off" spellcheck="false" required></label><button class="primary">Open</button></form></div>`;
  return html`<h1>Acquisition</h1>
    <vibn-acquisition attribution-url=${attributionUrl} query-url=${urls.query} token-url=${urls.token} users-url=${urls.users}
      .getToken=${getToken} user-href="#/users/{user_id}" .view=${route.view} @vibn-view=${follow}></vibn-acquisition>`;
}

function signInForm(): TemplateResult {
  return html`<h1>Sign in</h1>
    <div class="panel">
      ${problem ? html`<p class="problem" role="alert">${problem}</p>` : nothing}
      ${
        oidc
          ? html`<button type="button" class="primary" @click=${() =>
              oidc?.begin().catch((cause) => signOut(reasonOf(cause)))}>Sign in with your organisation</button>
            <p class="or">or</p>`
          : nothing
      }
      <form class="wide" @submit=${byKey} autocomplete="off">
        <label>Read key of attribution-service <input name="key" type="password" autocomplete="off" spellcheck="false" required></label>
        <button class=${oidc ? "" : "primary"} ?disabled=${busy}>${busy ? "Checking …" : "Use this key"}</button>
      </form>
      <p>The key is kept in the memory of this page, and gone when it is closed or loaded again.</p>
    </div>`;
}

const notConfigured = (): TemplateResult =>
  html`<h1>Not set up yet</h1><div class="panel"><p>Set <code>TRACKER_CONSOLE_ATTRIBUTION_URL</code> and
    <code>TRACKER_CONSOLE_QUERY_URL</code> to the addresses of attribution-service and umami-query-service, as browsers
    reach them.</p></div>`;

addEventListener("hashchange", show);
start();
