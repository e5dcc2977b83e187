import { LitElement, type PropertyDeclarations, type PropertyValues } from "lit";
import { Client, type GetToken, type Token } from "./client";
import { Format } from "./format";

const CONNECTION = ["attributionUrl", "queryUrl", "tokenUrl", "usersUrl", "token", "getToken"];

/** What the elements share: where the services are, who gives tokens, language and time zone. */
export abstract class VibnElement extends LitElement {
  static override properties: PropertyDeclarations = {
    attributionUrl: { attribute: "attribution-url" },
    queryUrl: { attribute: "query-url" },
    tokenUrl: { attribute: "token-url" },
    usersUrl: { attribute: "users-url" },
    locale: {},
    timeZone: { attribute: "time-zone" },
    theme: { reflect: true },
    token: { attribute: false },
    getToken: { attribute: false },
  };

  declare attributionUrl: string;
  declare queryUrl: string;
  declare tokenUrl: string;
  declare usersUrl: string;
  declare locale: string;
  declare timeZone: string;
  declare theme: "light" | "dark" | undefined;
  /** A read token; for one that is replaced when it ends, `getToken`. */
  declare token: Token | null;
  declare getToken: GetToken | null;

  protected format = new Format("en-GB", "UTC");
  protected client: Client | null = null;
  private underWay = new AbortController();

  constructor() {
    super();
    this.attributionUrl = "";
    this.queryUrl = "";
    this.tokenUrl = "";
    this.usersUrl = "";
    this.locale = "en-GB";
    this.timeZone = "";
    this.token = null;
    this.getToken = null;
  }

  /** Properties of the element that make what it shows another one. */
  protected abstract readonly subject: string[];

  /** Asks for what it shows; the signal ends when that is not wanted any more. */
  protected abstract load(signal: AbortSignal): void;

  /** Asks for everything again. */
  reload(): void {
    this.underWay.abort();
    if (!this.client || !this.isConnected) return;
    this.underWay = new AbortController();
    this.load(this.underWay.signal);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) this.reload();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.underWay.abort();
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (!this.hasUpdated || changed.has("locale") || changed.has("timeZone"))
      this.format = new Format(this.locale, this.timeZone || new Intl.DateTimeFormat().resolvedOptions().timeZone);
    const connection = CONNECTION.some((name) => changed.has(name));
    if (connection) this.client = this.connect();
    if (connection || [...this.subject, "timeZone"].some((name) => changed.has(name))) this.reload();
  }

  private connect(): Client | null {
    const { token } = this;
    const provide = this.getToken ?? (token ? () => token : null);
    if (!provide && !this.tokenUrl) return null;
    return new Client(
      { attribution: this.attributionUrl, query: this.queryUrl, token: this.tokenUrl, users: this.usersUrl },
      provide,
    );
  }
}
