// What pages of other origins can do to the services from a real Chromium. Its settings come in ABUSE_SETTINGS; prints a JSON
// array of {what, expected, got}.
import { execFileSync } from "node:child_process";
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const settings = JSON.parse(process.env.ABUSE_SETTINGS);
const { port, attribution, query, tracker, user, token, readKey, publishableKey } = settings;
const write = `/v1/attributions?key=${publishableKey}`;
const never = JSON.stringify({ user_id: settings.never, signature: settings.neverSignature, utm_source: "evil" });
const allowed = JSON.stringify({ user_id: settings.allowedUser, signature: settings.allowedSignature });
const touch = JSON.stringify({ first: { utm_source: "evil", first_seen_at: "2026-01-01T00:00:00Z" } });
const bearer = (key) => ({ Authorization: `Bearer ${key}` });

const pages = createServer((_, response) => {
  response.setHeader("Content-Type", "text/html");
  response.end("<!doctype html><title>A page</title>");
});
await new Promise((resolve) => pages.listen(port, "127.0.0.1", resolve));
const browser = await chromium.launch({
  executablePath: execFileSync(fileURLToPath(new URL("../../../build/find-chromium", import.meta.url)), {
    encoding: "utf8",
  }).trim(),
  args: [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--host-resolver-rules=MAP *.test 127.0.0.1",
    // The services of this machine are foreign, not private.
    "--disable-features=LocalNetworkAccessChecks",
  ],
});
const attempts = [];

/** A page of `http://<host>.test`, in a browser of its own. */
async function visit(host) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`http://${host}.test:${port}/`);
  return { context, page };
}

/** Status and whether the page could read it, or "blocked". */
const ask = (page, url, options) =>
  page.evaluate(
    async ([address, init]) => {
      try {
        const answer = await fetch(address, init);
        return answer.type === "opaque" ? "unreadable" : `${answer.status}`;
      } catch {
        return "blocked";
      }
    },
    [url, options],
  );

async function attempt(what, expected, got) {
  attempts.push({ what, expected, got: await got });
}

const { context, page } = await visit("evil");
for (const credentials of ["omit", "include"]) {
  const tries = [
    [`${attribution}/v1/attributions/${user}`, { headers: bearer(readKey) }],
    [`${attribution}/v1/attributions/${user}`, { headers: bearer(token) }],
    [`${attribution}/v1/attributions/${user}`, {}],
    [`${attribution}/v1/users/${user}`, { method: "DELETE", headers: bearer(readKey) }],
    [`${query}/v1/users/${user}/funnel`, { headers: bearer(readKey) }],
    [`${query}/v1/users/${user}/funnel`, { headers: bearer(token) }],
    [`${query}/v1/users/${user}/funnel`, {}],
    [`${query}/v1/users/${user}/live`, { headers: bearer(token) }],
    [attribution + write, { method: "POST", body: never, headers: { "Content-Type": "application/json" } }],
    [attribution + write, { method: "POST", body: never, headers: { "Content-Type": "text/plain" } }],
    [`${attribution}/v1/attributions`, { method: "POST", body: never, headers: bearer(readKey) }],
    [`${tracker}/v1/touch`, { method: "POST", body: touch, headers: { "Content-Type": "application/json" } }],
    [`${tracker}/v1/touch`, { method: "POST", body: touch, headers: { "Content-Type": "text/plain" } }],
    [`${tracker}/v1/touch`, { method: "DELETE" }],
    [`${tracker}/console/`, {}],
  ];
  for (const [url, options] of tries) {
    const what = `fetch ${options.method ?? "GET"} ${new URL(url).pathname}, credentials: ${credentials}`;
    await attempt(what, "blocked", ask(page, url, { ...options, credentials }));
  }
  // Sent without asking, read by nobody; what it may write is looked for in the database.
  for (const url of [attribution + write, `${tracker}/a${write}`, `${tracker}/v1/touch`]) {
    const options = { method: "POST", body: url.endsWith("touch") ? touch : never, mode: "no-cors", credentials };
    await attempt(`no-cors POST ${new URL(url).pathname}`, "unreadable", ask(page, url, options));
  }
}
for (const url of [attribution + write, `${tracker}/a${write}`, `${tracker}/v1/touch`]) {
  await attempt(
    `sendBeacon ${new URL(url).pathname}`,
    "queued",
    page.evaluate(([address, body]) => (navigator.sendBeacon(address, body) ? "queued" : "refused"), [url, never]),
  );
  for (const policy of ["origin", "no-referrer"]) {
    // Without a referrer the browser says that the origin is "null". In the window itself: a frame would not show the answer.
    const form = await context.newPage();
    await form.goto(page.url());
    const answered = form.waitForResponse((answer) => answer.url() === url);
    await form.evaluate(
      ([address, body, referrerPolicy]) => {
        const element = Object.assign(document.createElement("form"), {
          action: address,
          method: "post",
          enctype: "text/plain",
        });
        const field = Object.assign(document.createElement("input"), { type: "hidden" });
        [field.name, field.value] = [`${body.slice(0, -1)},"x":"`, '"}'];
        element.append(field);
        const meta = Object.assign(document.createElement("meta"), { name: "referrer", content: referrerPolicy });
        document.head.append(meta);
        document.body.append(element);
        element.submit();
      },
      [url, url.endsWith("touch") ? touch : never, policy],
    );
    await attempt(
      `form to ${new URL(url).pathname}, referrer policy ${policy}`,
      "403",
      answered.then(
        (answer) => `${answer.status()}`,
        () => "no answer",
      ),
    );
    await form.close();
  }
}
for (const address of [`${query}/v1/users/${user}/live`, `${query}/v1/users/${user}/live?key=${token}`]) {
  await attempt(
    `EventSource ${new URL(address).pathname}`,
    "error",
    page.evaluate(
      ([url]) =>
        new Promise((resolve) => {
          const source = new EventSource(url, { withCredentials: true });
          source.onopen = () => resolve("open");
          source.onerror = () => resolve("error");
        }),
      [address],
    ),
  );
}
for (const path of ["/console/", "/console"]) {
  await attempt(
    `a frame with ${path}`,
    "empty",
    (async () => {
      const frame = await page.evaluateHandle(
        ([url]) =>
          new Promise((resolve) => {
            const element = document.createElement("iframe");
            element.onload = () => resolve(element);
            element.src = url;
            document.body.append(element);
          }),
        [tracker + path],
      );
      const shown = await frame.asElement().contentFrame();
      return (await shown.locator("#console").count()) > 0 ? "shown" : "empty";
    })(),
  );
}
await attempt(
  "the tracker's cookie after all this",
  "none",
  context.cookies([tracker]).then((cookies) => cookies.map((cookie) => cookie.name).join(" ") || "none"),
);

// The same from pages that are let in: the attempts above fail because of their origin, and not because they are wrong.
const shop = await visit("allowed");
await attempt(
  "a signup by a page that is let in",
  "201",
  ask(shop.page, attribution + write, { method: "POST", body: allowed }),
);
await attempt(
  "a key read by a page that may only write",
  "403",
  ask(shop.page, `${attribution}/v1/attributions/${user}?key=${publishableKey}`, {}),
);
const reader = await visit("console");
await attempt(
  "a funnel for a page that is let in",
  "200",
  ask(reader.page, `${query}/v1/users/${user}/funnel`, { headers: bearer(token) }),
);

await browser.close();
pages.close();
console.log(JSON.stringify(attempts));
