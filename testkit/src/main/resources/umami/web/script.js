// Stand-in for Umami's browser script: the same attributes, the same global, the same moments of sending.
(() => {
  const script = document.currentScript;
  const attribute = (name) => script?.getAttribute(`data-${name}`);
  const website = attribute("website-id");
  if (!website) return;

  const flag = (name) => attribute(name) === "true";
  const host = attribute("host-url")?.replace(/\/$/, "") ?? script.src.split("/").slice(0, -1).join("/");
  const domains = (attribute("domains") ?? "").split(",").map((domain) => domain.trim());
  const disabled = () =>
    (attribute("domains") && !domains.includes(location.hostname)) ||
    (flag("do-not-track") && navigator.doNotTrack === "1") ||
    stored("umami.disabled");

  let identity;
  let cache = "";
  let page = normalize(location.href);
  let referrer = document.referrer.startsWith(location.origin) ? "" : document.referrer;

  function stored(key) {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  }

  function normalize(raw) {
    const url = new URL(raw, location.href);
    if (flag("exclude-search")) url.search = "";
    if (flag("exclude-hash")) url.hash = "";
    return url.toString();
  }

  function payload() {
    return {
      website,
      screen: `${screen.width}x${screen.height}`,
      language: navigator.language,
      title: document.title,
      hostname: location.hostname,
      url: page,
      referrer,
      tag: attribute("tag") || undefined,
      id: identity,
    };
  }

  async function send(body, type = "event") {
    if (disabled()) return;
    const hook = window[attribute("before-send")];
    const final = typeof hook === "function" ? hook(type, body) : body;
    if (!final) return;
    try {
      const answer = await fetch(`${host}/api/send`, {
        keepalive: true,
        method: "POST",
        body: JSON.stringify({ type, payload: final }),
        headers: { "Content-Type": "application/json", ...(cache && { "x-umami-cache": cache }) },
        credentials: attribute("fetch-credentials") ?? "omit",
      });
      const json = await answer.json();
      if (json?.cache) cache = json.cache;
    } catch {
      // Blocked or unreachable: the page must not notice.
    }
  }

  function track(what, data) {
    if (typeof what === "string") return send({ ...payload(), name: what, data });
    if (typeof what === "object") return send({ ...what });
    if (typeof what === "function") return send(what(payload()));
    return send(payload());
  }

  function identify(id, data) {
    if (typeof id === "string") identity = id;
    cache = "";
    return send({ ...payload(), data: typeof id === "object" ? id : data }, "identify");
  }

  function navigated(url) {
    if (!url) return;
    const next = normalize(url);
    if (next === page) return;
    referrer = page;
    page = next;
    setTimeout(track, 300);
  }

  function hook(method) {
    const original = history[method];
    history[method] = function (...args) {
      const result = original.apply(this, args);
      navigated(args[2]);
      return result;
    };
  }

  function clicked(event) {
    const element = event.target instanceof Element && event.target.closest("[data-umami-event]");
    if (!element) return;
    const data = {};
    for (const { name, value } of element.attributes) {
      const key = name.match(/^data-umami-event-(.+)$/)?.[1];
      if (key) data[key] = value;
    }
    track(element.getAttribute("data-umami-event"), data);
  }

  window.umami ??= { track, identify, getSession: () => ({ cache, website }) };

  if (attribute("auto-track") !== "false") {
    const start = () => {
      hook("pushState");
      hook("replaceState");
      document.addEventListener("click", clicked, true);
      track();
    };
    if (document.readyState === "complete") start();
    else document.addEventListener("readystatechange", () => document.readyState === "complete" && start());
  }
})();
