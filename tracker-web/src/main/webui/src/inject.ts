import { attempt } from "./attempt";

interface Policy {
  createScriptURL(url: string | URL): string;
}

let policy: Policy | undefined;

/** Adds a script to the page, past a content security policy with a nonce or Trusted Types. */
export function inject(url: string | URL, properties: object, data?: object): void {
  attempt(() => {
    const script = Object.assign(document.createElement("script"), properties);
    Object.assign(script.dataset, data);
    const rules = { createScriptURL: (trusted: string | URL) => trusted as string };
    policy ||=
      attempt(() =>
        (
          window as unknown as { trustedTypes: { createPolicy(name: string, of: Policy): Policy } }
        ).trustedTypes.createPolicy("vibn", rules),
      ) || rules;
    script.src = policy.createScriptURL(url);
    document.head.append(script);
  });
}
