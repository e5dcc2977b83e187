import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createSecureServer } from "node:https";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { certificate } from "./certificate";

const DIST = fileURLToPath(new URL("../../../dist/", import.meta.url));
/** The stand-in's script, which behaves as Umami's own. */
const UMAMI = readFileSync(
  fileURLToPath(new URL("../../../../../../../testkit/src/main/resources/umami/web/script.js", import.meta.url)),
  "utf8",
);

/** A body of a request; the shape is what the test asserts. */
// biome-ignore lint/suspicious/noExplicitAny: bodies are asserted field by field.
export type Json = any;

/** How a page of the site looks. */
export interface PageShape {
  /** Attributes of the tracker's tag, besides the usual ones; undefined leaves one out. */
  attributes: Record<string, string | undefined>;
  /** Before the tracker's tag. */
  head: string;
  body: string;
  headers: Record<string, string>;
}

const plain = (): PageShape => ({ attributes: {}, head: "", body: "<p>page</p>", headers: {} });

/** Serves pages of any host by http and https, the built tracker, and what it talks to; keeps what it is told. */
export class Stage {
  /** Of all pages, unless `pages` has an own one for the path. */
  page = plain();
  pages: Record<string, Partial<PageShape>> = {};
  /** Bodies of POST requests, by path. */
  heard: Record<string, Json[]> = {};
  /**
   * Statuses to answer POST requests with, instead of 200, by path, used one after the other; 0 cuts the connection, -1
   * never answers.
   */
  failures: Record<string, number[]> = {};
  /** The session that Umami answers. */
  session = (payload: Json): string => (payload.id ? `session-of-${payload.id}` : "anonymous-session");
  /** Whether Umami's script tells its session (3.1 and later). */
  tellsSession = true;
  /** Changes a file of the tracker on its way. */
  tamper = (_name: string, text: string): string => text;
  private readonly servers = [
    createServer((request, response) => this.answer("http", request, response)),
    createSecureServer(certificate(), (request, response) => this.answer("https", request, response)),
  ];

  async start(): Promise<this> {
    await Promise.all(this.servers.map((server) => new Promise<void>((done) => server.listen(0, "127.0.0.1", done))));
    return this;
  }

  async stop(): Promise<void> {
    for (const server of this.servers) server.closeAllConnections();
    await Promise.all(this.servers.map((server) => new Promise((done) => server.close(done))));
  }

  /** As it was before the test. */
  reset(): void {
    const fresh = new Stage();
    const { page, pages, heard, failures, session, tellsSession, tamper } = fresh;
    Object.assign(this, { page, pages, heard, failures, session, tellsSession, tamper });
  }

  /** Address of a path on a host: `https://app.example.com/x`. The port is added. */
  at(address: string): string {
    const url = new URL(address);
    const [plain, secure] = this.servers.map((server) => (server.address() as AddressInfo).port);
    url.port = String(url.protocol === "https:" ? secure : plain);
    return url.href;
  }

  /** What POST requests to a path said. */
  told(path: string): Json[] {
    this.heard[path] ??= [];
    return this.heard[path];
  }

  /** Payloads that Umami got, of a type. */
  umami(type: "event" | "identify"): Json[] {
    return this.told("/api/send")
      .filter((body) => body.type === type)
      .map((body) => body.payload);
  }

  /** The tag that loads the tracker. */
  tag(scheme: string, attributes: PageShape["attributes"]): string {
    const all = {
      src: this.at(`${scheme}://tracker.test/tracker.js`),
      "data-umami-website-id": "website-1",
      "data-umami-script-url": this.at(`${scheme}://umami.test/script.js`),
      "data-attribution-url": this.at(`${scheme}://attribution.test/`),
      "data-key": "pk_test",
      ...attributes,
    };
    const text = Object.entries(all).filter(([, value]) => value !== undefined);
    return `<script defer ${text.map(([name, value]) => `${name}="${value}"`).join(" ")}></script>`;
  }

  private answer(scheme: string, request: IncomingMessage, response: ServerResponse): void {
    const url = new URL(request.url ?? "/", "http://any");
    response.setHeader("Access-Control-Allow-Origin", request.headers.origin ?? "*");
    response.setHeader("Access-Control-Allow-Credentials", "true");
    response.setHeader("Access-Control-Allow-Headers", "content-type, x-umami-cache");
    if (request.method === "POST") this.hear(url.pathname, request, response);
    else if (request.method === "OPTIONS") response.end();
    else if (url.pathname === "/script.js") this.send(response, "text/javascript", this.umamiScript());
    else if (/^\/(tracker|more)\b.*\.m?js$/.test(url.pathname)) this.sendFile(response, url.pathname.slice(1));
    else if (url.pathname === "/favicon.ico") response.writeHead(204).end();
    else this.sendPage(scheme, response, url.pathname);
  }

  private umamiScript(): string {
    return this.tellsSession ? UMAMI : UMAMI.replace(/, getSession: [^}]*\}\)/, "");
  }

  private send(response: ServerResponse, type: string, text: string): void {
    response.setHeader("Content-Type", `${type};charset=utf-8`);
    response.end(text);
  }

  private sendFile(response: ServerResponse, name: string): void {
    try {
      this.send(response, "text/javascript", this.tamper(name, readFileSync(DIST + name, "utf8")));
    } catch {
      response.writeHead(404).end();
    }
  }

  private sendPage(scheme: string, response: ServerResponse, path: string): void {
    const shape = { ...this.page, ...this.pages[path] };
    for (const [name, value] of Object.entries(shape.headers)) response.setHeader(name, this.filled(value));
    const tag = this.tag(scheme, shape.attributes);
    const head = `<meta charset="utf-8"><title>${path}</title><link rel="icon" href="data:,">${this.filled(shape.head)}`;
    this.send(
      response,
      "text/html",
      `<!doctype html><html><head>${head}${tag}</head><body>${this.filled(shape.body)}</body></html>`,
    );
  }

  /** Addresses in a page are written without the port. */
  private filled(text: string): string {
    return text.replace(/https?:\/\/[a-z0-9.-]+(?![:\w.-])/g, (origin) => this.at(origin).replace(/\/$/, ""));
  }

  private hear(path: string, request: IncomingMessage, response: ServerResponse): void {
    let text = "";
    request.on("data", (data) => {
      text += data;
    });
    request.on("end", () => {
      const status = this.failures[path]?.shift() ?? 200;
      if (status < 0) return;
      const body = JSON.parse(text);
      if (status === 0) {
        request.socket.destroy();
        return;
      }
      if (status < 400) this.told(path).push(body);
      if (path === "/v1/touch")
        response.setHeader(
          "Set-Cookie",
          `vibn_attribution=${encodeURIComponent(text)};Path=/;Max-Age=7776000;SameSite=Lax;Domain=example.com`,
        );
      response.statusCode = status;
      this.send(
        response,
        "application/json",
        JSON.stringify(path === "/api/send" ? this.umamiAnswer(body) : { created: true }),
      );
    });
  }

  private umamiAnswer({ payload }: Json): object {
    const claims = { websiteId: payload.website, sessionId: this.session(payload), visitId: "visit-1", iat: 1 };
    return { ...claims, cache: `h.${Buffer.from(JSON.stringify(claims)).toString("base64url")}.s` };
  }
}
