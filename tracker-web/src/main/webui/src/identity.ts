import { attempt } from "./attempt";
import type { Context, Letter } from "./context";
import { delivery } from "./delivery";
import { distinctId } from "./distinctId";
import { listOf } from "./listOf";
import { PATIENCE } from "./patience";
import { sayTo } from "./sayTo";
import type { Kept } from "./touches";
import type { UmamiSession, User } from "./types";

/** Connects the visitor with a user of the application: loaded at the first signup or login, and by who is logged in. */
export function identity(context: Context): void {
  const { _options: options } = context;
  const { umamiWebsiteId, umamiScriptUrl, umamiHostUrl, umamiCollectPath } = options;
  const collector = (umamiHostUrl || umamiScriptUrl.replace(/\/[^/]*$/, "")) + (umamiCollectPath || "/api/send");
  const say = sayTo(options);
  const deliver = delivery(context);

  /**
   * Asks Umami for the session that this page is in; with `part` (an id, data) tells it who this is. An identify without
   * either writes nothing. A direct call, as text so that it costs no preflight: the script's own calls tell no answers.
   */
  const ask = async (part?: object): Promise<UmamiSession | undefined> => {
    const payload = {
      website: umamiWebsiteId,
      hostname: location.hostname,
      screen: `${screen.width}x${screen.height}`,
      language: navigator.language,
      url: location.pathname,
      ...part,
    };
    const body = JSON.stringify({ type: "identify", payload });
    const answer = await Promise.race([
      attempt(() =>
        fetch(collector, { method: "POST", keepalive: true, body })
          .then((response) => response.json())
          .catch(() => undefined),
      ),
      new Promise<undefined>((resolve) => setTimeout(resolve, PATIENCE)),
    ]);
    return answer?.sessionId
      ? {
          website_id: umamiWebsiteId,
          session_id: answer.sessionId,
          ...(answer.visitId && { visit_id: answer.visitId }),
        }
      : undefined;
  };
  const learn = async () => {
    await context._vibn.ready;
    // What an earlier answer said may be long ago.
    context._session = undefined;
    context._session = context._known() || (await ask());
    return context._session;
  };

  const bridge = async (user: User, { first, since }: Kept, signedUp: boolean) => {
    const occurred_at = new Date();
    const from = first?.first_seen_at || since;
    const { userId, signature, token } = user;
    const user_id = `${userId}`;
    const link = (kind: string, of: UmamiSession) =>
      deliver(context._keepLetter("/v1/identity-links", { ...of, user_id, signature, token, kind, occurred_at, from }));

    const id = await distinctId(user_id);
    const [was, linked] = context._who();
    const again = was === id;
    const before = again ? undefined : await learn();
    context._remember([id, again ? linked : ""]);
    const data: Record<string, unknown> = { userId: user_id };
    for (const trait of listOf(options.traits)) data[trait] = user[trait];
    const carried = context._carried();
    const own = await ask({ ...(carried && { id: carried }), data });
    if (!own || !(signature || token) || (again && own.session_id === linked)) return;
    const device = again ? await ask() : before;
    // Umami to 2.17 and 3.3, and the session mode, stay in the session, and whoever logs in next shares it.
    const stays = !carried || own.session_id === device?.session_id;
    if (before && !stays && !signedUp) link("before_login", before);
    link(stays ? "session" : "identified", own);
    context._remember([id, own.session_id]);
  };
  // One after the other: a page may identify twice at once.
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = (user: User, before: Kept, signedUp = false) => {
    turn = turn.then(() => bridge(user, before, signedUp)).catch((problem) => say("not identified", problem));
    return turn;
  };

  context._identity = {
    _identify: (user) => inTurn(user, context._kept()),
    async _signup(user, before, letter?: Letter) {
      const answer = await deliver(
        letter,
        learn().then((session) => {
          if (letter && session) letter.body.umami = session;
        }),
      );
      await inTurn(user, before, !!letter);
      context._session = undefined;
      return answer;
    },
  };
  addEventListener("pageshow", ({ persisted }) => {
    // Back from the browser's cache: whoever left this page may have logged in or out since.
    if (persisted) context._session = undefined;
  });
  // Umami before 3.1 does not tell the session to scripts, so it is asked for getStoredAttribution.
  context._vibn.ready.then(() => {
    if (window.umami && !window.umami.getSession && !context._who()[0]) learn().catch(() => undefined);
  });
}
