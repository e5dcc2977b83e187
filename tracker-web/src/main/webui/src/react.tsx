"use client";

import { createContext, type ReactElement, type ReactNode, useContext, useEffect } from "react";
import { createTracker } from "./createTracker";
import type { Options, StoredAttribution, User, Vibn } from "./types";

export type * from "./types";

/** What `useVibnTracker` gives. */
export type VibnTracker = Omit<Vibn, "ready">;

export type VibnTrackerProviderProps = Options & { children?: ReactNode };

/** One tracker a page, however often React mounts the provider. */
let tracker: Vibn | undefined;
let options: Options | undefined;
const waiting: ((vibn: Vibn) => void)[] = [];

/** Effects of children run before the provider's own, so whoever comes first starts the tracker. */
function started(): Vibn | undefined {
  if (tracker || !options) return tracker;
  try {
    tracker = createTracker(options);
    for (const call of waiting.splice(0)) call(tracker);
  } catch {
    // The application goes on without us.
  }
  return tracker;
}

const soon = <T,>(call: (vibn: Vibn) => T | Promise<T>): Promise<T> => {
  const vibn = started();
  return vibn ? Promise.resolve(call(vibn)) : new Promise((resolve) => waiting.push((late) => resolve(call(late))));
};

const api: VibnTracker = {
  getStoredAttribution: (): StoredAttribution => started()?.getStoredAttribution() ?? {},
  identify: (user: User) => soon((vibn) => vibn.identify(user)),
  signup: (user: User) => soon((vibn) => vibn.signup(user)),
  track: (name, data) => void soon((vibn) => vibn.track(name, data)),
  consent: (decision) => void soon((vibn) => vibn.consent(decision)),
  reset: () => void soon((vibn) => vibn.reset()),
};

const Context = createContext(api);

/** Starts tracking in the browser; renders its children and nothing else. A running tracker is not configured anew. */
export function VibnTrackerProvider({ children, ...given }: VibnTrackerProviderProps): ReactElement {
  if (typeof window !== "undefined") options ??= given;
  useEffect(() => void started(), []);
  return <Context.Provider value={api}>{children}</Context.Provider>;
}

/** The tracker. Its functions stay the same between renders; what is called before it runs is not lost. */
export function useVibnTracker(): VibnTracker {
  return useContext(Context);
}
