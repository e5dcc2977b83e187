// The install page: copy buttons, and checks from the visitor's browser of what the tracker will call.

const PATIENCE = 8000;

/** fetch that neither hangs nor throws: the answer, or nothing when the browser could not have one. */
async function ask(url, options) {
  try {
    return await fetch(url, { cache: "no-store", credentials: "omit", signal: AbortSignal.timeout(PATIENCE), ...options });
  } catch {
    return undefined;
  }
}

/** Whether there is a server at all; what it says stays hidden when it does not allow this page. */
const answers = async (url) => (await ask(url, { mode: "no-cors" })) !== undefined;

const mixed = (url) => location.protocol === "https:" && url.startsWith("http:");
const good = (text) => ["good", text];
const warn = (text) => ["warn", text];
const bad = (text) => ["bad", text];

const MIXED = "This page is https and the address is http: browsers refuse that. Give it an https address.";
const BLOCKED =
  "Cannot be reached from this browser. Is the address right and the server up, and is no ad blocker or firewall in between? First-party mode helps against blockers.";

async function tracker() {
  const answer = await ask("integrity.json");
  const files = answer?.ok ? Object.keys(await answer.json()).length : 0;
  return files ? good(`serves ${files} scripts`) : bad("Its scripts cannot be loaded. Look at its log.");
}

async function script({ scriptUrl }) {
  if (mixed(scriptUrl)) return bad(MIXED);
  const answer = await ask(scriptUrl);
  if (!answer) {
    return (await answers(scriptUrl)) ? good("reached") : bad(BLOCKED);
  }
  if (!answer.ok) {
    return bad(`Answers ${answer.status}. Is this the address of Umami's script (TRACKER_SCRIPT_NAME renames it)?`);
  }
  return /script/.test(answer.headers.get("content-type") ?? "")
    ? good("reached")
    : bad("Answers something else than a script. Is this the address of Umami's script?");
}

async function collector({ collectUrl, websiteId }) {
  if (mixed(collectUrl)) return bad(MIXED);
  // The tracker's own question for the session. It has no data and no id, so Umami stores no event for it.
  const payload = { website: websiteId, hostname: location.hostname, screen: `${screen.width}x${screen.height}`, url: "/" };
  const answer = await ask(collectUrl, { method: "POST", body: JSON.stringify({ type: "identify", payload }) });
  if (!answer) {
    return (await answers(collectUrl)) ? bad("Answers, but does not let pages read it (CORS). Is a proxy in front of it?") : bad(BLOCKED);
  }
  const body = await answer.json().catch(() => ({}));
  if (body.sessionId) return good("knows the website and answers this browser's session");
  if (body.beep) return warn("Takes this browser for a robot and stores nothing of it.");
  if (body.disabled) return warn("Stores nothing of this browser, which asks for privacy (GPC).");
  if (answer.status === 400) return bad("Does not know this website. Copy its id from Umami: Settings, Websites, Edit.");
  if (answer.status === 403) return bad("Refuses this address (IGNORE_IP in Umami's settings?).");
  return answer.ok
    ? bad("Answers without a session id: Umami 2.17 or later is needed.")
    : bad(`Answers ${answer.status}. Look at Umami's log.`);
}

async function attribution({ attributionUrl, key }) {
  if (mixed(attributionUrl)) return bad(MIXED);
  // A signup without a user id: it is refused in any case; the question is with which words.
  const url = `${attributionUrl}/v1/attributions?key=${encodeURIComponent(key)}`;
  const answer = await ask(url, { method: "POST", body: "{}" });
  if (!answer) {
    return (await answers(attributionUrl))
      ? warn(
          `Reached. Pages of ${location.origin} may not call it, which is right if that is not your site; your site's origin has to be in ATTRIBUTION_BROWSER_ALLOWED_ORIGINS.`,
        )
      : bad(BLOCKED);
  }
  if (answer.status === 400) return good("knows the key and takes signups");
  if (answer.status === 401) return bad("Does not know the publishable key (ATTRIBUTION_BROWSER_PUBLISHABLE_KEYS).");
  if (answer.status === 403) {
    return warn(`Reached. ${location.origin} is not in ATTRIBUTION_BROWSER_ALLOWED_ORIGINS; your site's origin has to be.`);
  }
  return bad(`Answers ${answer.status}. Look at its log.`);
}

const CHECKS = { tracker, script, collector, attribution };
const list = document.getElementById("checks");

async function check() {
  await Promise.all(
    [...list.children].map(async (row) => {
      const text = row.querySelector("span");
      row.className = "";
      text.textContent = "checking …";
      const [state, words] =
        list.dataset.complete === "false" && row.dataset.check !== "tracker"
          ? warn("An example value; see the note above.")
          : await CHECKS[row.dataset.check](list.dataset);
      row.className = state;
      text.textContent = words;
    }),
  );
}

for (const button of document.querySelectorAll(".copy")) {
  button.addEventListener("click", async () => {
    const code = button.nextElementSibling;
    try {
      await navigator.clipboard.writeText(code.textContent);
      button.textContent = "Copied";
    } catch {
      // No clipboard without https: select it instead.
      getSelection().selectAllChildren(code);
      button.textContent = "Selected";
    }
    setTimeout(() => {
      button.textContent = "Copy";
    }, 1500);
  });
}
document.getElementById("again").addEventListener("click", check);
check();
