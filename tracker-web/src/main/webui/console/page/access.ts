import { Failure } from "served:console.js";
import type { GetToken, Scope, Token } from "../src/client";

/** What a person has proven who they are with, good for now; null when they have to do so again. */
export type Credential = () => Promise<string | null>;

const SERVICE = "attribution-service";

/** Makes a read token; null where the service makes none. */
async function mint(attributionUrl: string, credential: string, scope: Scope): Promise<Token | null> {
  let answer: Response;
  try {
    answer = await fetch(`${attributionUrl.replace(/\/+$/, "")}/v1/read-tokens`, {
      method: "POST",
      headers: { Authorization: `Bearer ${credential}`, "Content-Type": "application/json" },
      body: JSON.stringify(scope),
      referrerPolicy: "no-referrer",
    });
  } catch {
    throw new Failure(`${SERVICE} cannot be reached from this page.`, 0);
  }
  if (answer.status === 404) return null;
  if (!answer.ok) throw await Failure.of(SERVICE, answer);
  return (await answer.json()) as Token;
}

/** Tokens for the elements. What the person has signed in with is itself sent only where no read token will do. */
export function tokens(attributionUrl: string, credential: Credential, signedOut: () => void): GetToken {
  return async (scope) => {
    const own = await credential();
    if (own === null) {
      signedOut();
      return null;
    }
    return "users" in scope ? own : ((await mint(attributionUrl, own, scope)) ?? own);
  };
}

/** Fails with the reason if a key may not read. */
export async function check(attributionUrl: string, key: string): Promise<void> {
  await mint(attributionUrl, key, { reports: true });
}
