// For the page at /console/, which shares them: Trusted Types lets lit in only once.
export { html, nothing, render } from "lit";
export { Failure } from "./failure";

import { Acquisition } from "./Acquisition";
import { SiteFunnel } from "./SiteFunnel";
import { UserProfile } from "./UserProfile";

const ELEMENTS: Record<string, CustomElementConstructor> = {
  "vibn-user-profile": UserProfile,
  "vibn-acquisition": Acquisition,
  "vibn-site-funnel": SiteFunnel,
};

// Two copies of the script on a page are one too many, but no reason to fail.
for (const [name, element] of Object.entries(ELEMENTS))
  if (!customElements.get(name)) customElements.define(name, element);
