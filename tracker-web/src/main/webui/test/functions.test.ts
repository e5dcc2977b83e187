import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { attempt } from "../src/attempt";
import type { Context, Letter } from "../src/context";
import { delivery } from "../src/delivery";
import { distinctId } from "../src/distinctId";
import { hostOf } from "../src/hostOf";
import { inject } from "../src/inject";
import { isWithin } from "../src/isWithin";
import { listOf } from "../src/listOf";
import { OUTBOX, storedLetters } from "../src/outbox";
import { sayTo } from "../src/sayTo";
import { drop } from "../src/storage";
import type { Options, Vibn } from "../src/types";
import { addUmami } from "../src/umami";
import { whenActive } from "../src/whenActive";

const OPTIONS: Options = { umamiWebsiteId: "w", umamiScriptUrl: "https://umami.test/script.js", nonce: "" };

beforeEach(() => {
  localStorage.clear();
  sessionStorage.clear();
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
  document.head.innerHTML = "";
});

describe("attempt", () => {
  it("answers what runs, and nothing when it throws", () => {
    expect(attempt(() => 7)).toBe(7);
    expect(
      attempt(() => {
        throw new Error("refused");
      }),
    ).toBeUndefined();
  });
});

describe("hostOf", () => {
  it.each([
    ["https://www.example.com:8080/x?y", "example.com"],
    ["android-app://com.google.android.gm/", "com.google.android.gm"],
    ["nonsense", ""],
    ["", ""],
  ])("of %s is %s", (url, host) => {
    expect(hostOf(url)).toBe(host);
  });
});

describe("isWithin", () => {
  it.each([
    ["example.com", "example.com", true],
    ["app.example.com", "example.com", true],
    ["notexample.com", "example.com", false],
    ["example.com", "app.example.com", false],
    ["example.com", "", false],
  ])("%s within %s: %s", (host, domain, expected) => {
    expect(isWithin(host, domain)).toBe(expected);
  });
});

describe("listOf", () => {
  it.each([
    ["a, b c,,d", ["a", "b", "c", "d"]],
    [
      ["a", "b"],
      ["a", "b"],
    ],
    [undefined, []],
    ["", []],
  ])("of %j is %j", (given, items) => {
    expect(listOf(given)).toEqual(items);
  });
});

describe("sayTo", () => {
  it("speaks only to who debugs", () => {
    const info = vi.spyOn(console, "info").mockImplementation(() => undefined);

    sayTo(OPTIONS)("unheard");
    sayTo({ ...OPTIONS, use: ["forms", "debug"] })("heard", 503);

    expect(info.mock.calls).toEqual([["[vibn]", "heard", 503]]);
  });
});

describe("distinctId", () => {
  it("is the id up to 50 characters, else 50 digits of its digest, else nothing where there is none", async () => {
    const long = "x".repeat(51);

    expect(await distinctId("x".repeat(50))).toBe("x".repeat(50));
    // echo -n xxx…x (51) | sha256sum | cut -c1-50
    expect(await distinctId(long)).toBe(
      [...new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(long)))]
        .map((byte) => byte.toString(16).padStart(2, "0"))
        .join("")
        .slice(0, 50),
    );
    vi.stubGlobal("crypto", {});
    expect(await distinctId(long)).toBe("");
    vi.unstubAllGlobals();
  });
});

describe("whenActive", () => {
  it("runs at once, or when a prerendered page is opened, once", () => {
    const run = vi.fn();
    whenActive(run);
    expect(run).toHaveBeenCalledTimes(1);

    Object.defineProperty(document, "prerendering", { configurable: true, value: true });
    whenActive(run);
    expect(run).toHaveBeenCalledTimes(1);
    document.dispatchEvent(new Event("prerenderingchange"));
    document.dispatchEvent(new Event("prerenderingchange"));
    Reflect.deleteProperty(document, "prerendering");

    expect(run).toHaveBeenCalledTimes(2);
  });
});

describe("inject", () => {
  it("adds a script with its properties and data", () => {
    inject("https://x.test/a.js", { nonce: "n", id: "added" }, { websiteId: "w" });

    const script = document.querySelector("#added") as HTMLScriptElement;
    expect(script.src).toBe("https://x.test/a.js");
    expect(script.nonce).toBe("n");
    expect(script.dataset.websiteId).toBe("w");
  });
});

describe("addUmami", () => {
  const hook = (type: string, payload: Record<string, unknown>) => window.vibnBeforeSend?.(type, payload);

  it("passes on Umami's own attributes", () => {
    addUmami(
      { ...OPTIONS, umamiTag: "beta" } as Options,
      () => "",
      () => undefined,
    );

    const { dataset } = document.querySelector("script") as HTMLScriptElement;
    expect({ ...dataset }).toMatchObject({ websiteId: "w", tag: "beta", beforeSend: "vibnBeforeSend" });
  });

  it("adds the id of the moment to what the operator's function answers", async () => {
    let id = "";
    addUmami(
      { ...OPTIONS, beforeSend: "mine" },
      () => id,
      () => undefined,
    );
    const page = window as unknown as Record<string, unknown>;

    expect(hook("event", { a: 1 })).toEqual({ a: 1 });
    id = "ada";
    expect(hook("event", { a: 1 })).toEqual({ a: 1, id: "ada" });
    page.mine = () => false;
    expect(hook("event", { a: 1 })).toBe(false);
    page.mine = async () => ({ b: 2 });
    expect(await hook("event", { a: 1 })).toEqual({ b: 2, id: "ada" });
    delete page.mine;
  });
});

describe("the outbox", () => {
  const letter = (name: string): Letter => ({
    path: "/v1/attributions",
    body: { user_id: name },
    key: `${OUTBOX}${Date.now()}_${name}`,
  });
  const context = (consent = vi.fn()) =>
    ({
      _options: { ...OPTIONS, attributionUrl: "https://attribution.test/", publishableKey: "pk_1" },
      _vibn: { consent } as unknown as Vibn,
    }) as Context;
  const answers = (...statuses: number[]) =>
    vi.spyOn(globalThis, "fetch").mockImplementation(async () => {
      const status = statuses.shift() ?? 200;
      if (status === 0) throw new TypeError("network");
      return new Response(JSON.stringify({ status }), { status });
    });

  it("finds its own letters only, and drops them", () => {
    localStorage.setItem("other", "x");
    localStorage.setItem(`${OUTBOX}1`, "x");

    expect(storedLetters()).toEqual([`${OUTBOX}1`]);
    drop(`${OUTBOX}1`);
    expect(storedLetters()).toEqual([]);
  });

  it("sends as text with key and time, and forgets what is acknowledged or refused for good", async () => {
    const fetch = answers(201, 400);
    const deliver = delivery(context());
    const [one, two] = [letter("one"), letter("two")];
    for (const each of [one, two]) localStorage.setItem(each.key, JSON.stringify(each));

    expect(await deliver(one)).toEqual({ status: 201 });
    expect(await deliver(two)).toBeUndefined();

    const [url, request] = fetch.mock.calls[0] as [string, RequestInit];
    expect(url).toBe("https://attribution.test/v1/attributions?key=pk_1");
    expect(request).toMatchObject({ method: "POST", keepalive: true });
    expect(request.headers).toBeUndefined();
    expect(JSON.parse(request.body as string)).toMatchObject({
      user_id: "one",
      sent_at: expect.stringMatching(/^\d{4}-/),
    });
    expect(storedLetters()).toEqual([]);
  });

  it("tries again after 1, 2, 4 seconds until there is an answer", async () => {
    vi.useFakeTimers();
    const fetch = answers(0, 503, 429, 200);
    const deliver = delivery(context());
    const one = letter("one");
    localStorage.setItem(one.key, JSON.stringify(one));
    const times: number[] = [];
    const start = Date.now();
    fetch.mock.results.length = 0;

    await deliver(one);
    for (let i = 0; i < 80; i++) {
      const before = fetch.mock.calls.length;
      await vi.advanceTimersByTimeAsync(100);
      if (fetch.mock.calls.length > before) times.push(Date.now() - start);
    }

    expect(fetch).toHaveBeenCalledTimes(4);
    expect(times).toEqual([1000, 3000, 7000]);
    expect(storedLetters()).toEqual([]);
  });

  it("ends with a withdrawal", async () => {
    vi.useFakeTimers();
    const fetch = answers(503);
    const consent = vi.fn();
    const of = context(consent);
    const deliver = delivery(of);

    await deliver(letter("one"));
    of._vibn.consent("denied");
    await vi.advanceTimersByTimeAsync(120_000);

    expect(fetch).toHaveBeenCalledTimes(1);
    expect(consent).toHaveBeenCalledWith("denied");
  });

  it("cuts parameters that attribution-service would refuse", async () => {
    const fetch = answers();
    const deliver = delivery(context());

    await deliver({
      ...letter("one"),
      body: { user_id: 7, utm_source: "x".repeat(300), last_touch: { gclid: "y".repeat(300) } },
    });

    const body = JSON.parse((fetch.mock.calls[0] as [string, RequestInit])[1].body as string);
    expect(body).toMatchObject({ user_id: "7", utm_source: "x".repeat(255), last_touch: { gclid: "y".repeat(255) } });
  });
});
