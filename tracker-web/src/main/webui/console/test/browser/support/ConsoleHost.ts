import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import type { TrailEvent } from "../../../src/types";
import { acquisition, attribution, conversions, profile, siteFunnel, trail, USER } from "./fixtures";

const WEBUI = fileURLToPath(new URL("../../../../", import.meta.url));
const RESOURCES = fileURLToPath(new URL("../../../../../resources/", import.meta.url));
const read = (path: string) => readFileSync(path, "utf8");

/** As tracker-web serves it; ConsoleTest holds it to the same text. */
const POLICY = (api: string) =>
  `default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; connect-src ${api}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types lit-html`;

export interface Call {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingMessage["headers"];
  body: string;
}
export interface Answer {
  status?: number;
  headers?: Record<string, string>;
  /** Text is sent as it is. */
  body: unknown;
}
type Handler = (call: Call) => Answer | Promise<Answer>;

export const problem = (status: number, detail: string, retryAfter?: number): Answer => ({
  status,
  headers: { "Content-Type": "application/problem+json", ...(retryAfter ? { "Retry-After": String(retryAfter) } : {}) },
  body: { type: "urn:vibn:problem:test", title: "A problem", status, detail },
});

/** Skeletons are painted before an answer comes. */
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
export const never = (): Promise<Answer> => new Promise(() => {});

/** A host page in one origin and the services in another, as a test wants them. */
export class ConsoleHost {
  /** Of a path with its method, or of a path. */
  routes: Record<string, Handler> = {};
  calls: Call[] = [];
  /** What the host page holds. */
  markup = "";
  script = "";
  settings: Record<string, string> = {};
  private streams = new Set<ServerResponse>();
  private readonly page: Server = createServer((request, response) => this.servePage(request, response));
  private readonly api: Server = createServer((request, response) => this.serveApi(request, response));

  async start(): Promise<void> {
    await Promise.all(
      [this.page, this.api].map((server) => new Promise<void>((done) => server.listen(0, "127.0.0.1", done))),
    );
  }

  async stop(): Promise<void> {
    for (const server of [this.page, this.api]) {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    }
  }

  reset(): void {
    this.endStreams();
    this.calls = [];
    this.markup = "";
    this.script = "";
    this.settings = {};
    this.routes = {
      [`/v1/attributions/${USER}`]: () => ({ body: attribution() }),
      [`/v1/users/${USER}/conversions`]: () => ({ body: { items: conversions(), next_cursor: null } }),
      [`/v1/users/${USER}/profile`]: () => ({ body: profile() }),
      [`/v1/users/${USER}/funnel`]: () => ({ body: profile().first_touch_web_funnel }),
      "/v1/reports/acquisition": ({ query, headers }) =>
        headers.accept === "text/csv"
          ? { headers: { "Content-Type": "text/csv" }, body: "value,period,signups\r\nPaid Search,2026-10-27,3\r\n" }
          : { body: acquisition(query) },
      "/v1/attributions": () => ({ body: { items: [attribution()], next_cursor: null } }),
      "/v1/funnels": ({ query }) => ({ body: siteFunnel(query) }),
    };
  }

  get origin(): string {
    return `http://localhost:${(this.page.address() as AddressInfo).port}`;
  }

  get apiOrigin(): string {
    return `http://127.0.0.1:${(this.api.address() as AddressInfo).port}`;
  }

  /** Calls of a path, preflights left out. */
  told(path: string): Call[] {
    return this.calls.filter((call) => call.path === path);
  }

  /** To everyone who listens. */
  push(name: string, data: unknown, id = `${name}-${this.calls.length}`): void {
    for (const stream of this.streams) stream.write(`event: ${name}\nid: ${id}\ndata: ${JSON.stringify(data)}\n\n`);
  }

  arrive(event: TrailEvent): void {
    this.push("trail", event, `after-${event.event_id}`);
  }

  get listeners(): number {
    return this.streams.size;
  }

  endStreams(): void {
    for (const stream of this.streams) stream.end();
    this.streams.clear();
  }

  private servePage(request: IncomingMessage, response: ServerResponse): void {
    const { pathname } = new URL(request.url ?? "/", "http://any");
    const send = (type: string, text: string, headers: Record<string, string> = {}) =>
      response.writeHead(200, { "Content-Type": `${type};charset=utf-8`, ...headers }).end(text);
    const policy = { "Content-Security-Policy": POLICY(this.apiOrigin) };
    if (/^\/console[\w.-]*\.js$/.test(pathname)) send("text/javascript", read(`${WEBUI}dist${pathname}`));
    else if (pathname === "/console/console.css") send("text/css", read(`${RESOURCES}console/console.css`));
    else if (pathname === "/host.css")
      send(
        "text/css",
        "body { margin: 0; padding: 16px; background: light-dark(#f7f8fb, #11141d); color-scheme: light dark } h1 { position: absolute; clip-path: inset(50%) }",
      );
    else if (pathname === "/host.js") send("text/javascript", this.script);
    else if (pathname === "/console/") send("text/html", this.consolePage(), policy);
    else if (pathname === "/host") send("text/html", this.hostPage(), policy);
    else response.writeHead(404).end();
  }

  private hostPage(): string {
    return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
      <title>Host</title><link rel="icon" href="data:,"><link rel="stylesheet" href="/host.css">
      <script type="module" src="/console.js"></script></head>
      <body><main><h1>Host</h1>${this.markup}</main><script type="module" src="/host.js"></script></body></html>`;
  }

  /** tracker-web's template, filled in as it does. */
  private consolePage(): string {
    const integrity = JSON.parse(read(`${WEBUI}dist/integrity.json`)) as Record<string, string>;
    const script = Object.keys(integrity).find((name) => /^console-page\.[0-9a-f]{16}\.js$/.test(name)) ?? "";
    const values: Record<string, string> = { script, integrity: integrity[script] ?? "" };
    for (const [name, value] of Object.entries(this.settings)) values[`settings.${name}`] = value;
    return read(`${RESOURCES}templates/ConsoleResource/console.html`).replace(
      /\{([\w.]+)\}/g,
      (_, name) => values[name] ?? "",
    );
  }

  private async serveApi(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", "http://any");
    response.setHeader("Access-Control-Allow-Origin", this.origin);
    response.setHeader("Access-Control-Allow-Credentials", "true");
    response.setHeader("Access-Control-Allow-Headers", "authorization, content-type, last-event-id");
    response.setHeader("Access-Control-Expose-Headers", "Retry-After");
    if (request.method === "OPTIONS") {
      response.end();
      return;
    }
    let body = "";
    for await (const data of request) body += data;
    const call: Call = {
      method: request.method ?? "",
      path: url.pathname,
      query: url.searchParams,
      headers: request.headers,
      body,
    };
    this.calls.push(call);
    const handler = this.routes[url.pathname];
    if (!handler && url.pathname.endsWith("/live")) {
      response.writeHead(200, { "Content-Type": "text/event-stream" });
      this.streams.add(response);
      response.on("close", () => this.streams.delete(response));
      response.write("event: ready\nid: start\ndata: {}\n\n");
      return;
    }
    await pause(40);
    const answer = handler ? await handler(call) : problem(404, "No record of this user.");
    const text = typeof answer.body === "string" ? answer.body : JSON.stringify(answer.body);
    response.writeHead(answer.status ?? 200, { "Content-Type": "application/json", ...answer.headers }).end(text);
  }
}

/** The trail in pages of six events, by cursor. */
export const paged = (host: ConsoleHost): void => {
  const page = (at: number) => ({
    items: trail().slice(at, at + 6),
    next_cursor: at + 6 < trail().length ? String(at + 6) : null,
  });
  host.routes[`/v1/users/${USER}/profile`] = () => ({ body: { ...profile(), live_click_trail: page(0) } });
  host.routes[`/v1/users/${USER}/trail`] = ({ query }) => ({ body: page(Number(query.get("cursor"))) });
};
