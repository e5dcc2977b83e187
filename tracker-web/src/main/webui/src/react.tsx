"use client";

import { createContext, type ReactNode, useContext, useEffect, useMemo } from "react";
import { createTracker } from "./createTracker";
import type { Options, StoredAttribution, User, Vibn } from "./types";

/** What `useVibnTracker` gives. */
export type VibnTracker = Omit<Vibn, "ready">;

const Context = createContext<VibnTracker | undefined>(undefined);

/** One tracker a page, however often React mounts the provider. */
let tracker: Vibn | undefined;
const waiting: ((vibn: Vibn) => void)[] = [];

const soon = <T,>(call: (vibn: Vibn) => T | Promise<T>): Promise<T> =>
  tracker ? Promise.resolve(call(tracker)) : new Promise((resolve) => waiting.push((vibn) => resolve(call(vibn))));

const api: VibnTracker = {
  getStoredAttribution: (): StoredAttribution => tracker?.getStoredAttribution() ?? {},
  identify: (user: User) => soon((vibn) => vibn.identify(user)),
  signup: (user: User) => soon((vibn) => vibn.signup(user)),
  track: (name, data) => void soon((vibn) => vibn.track(name, data)),
  consent: (decision) => void soon((vibn) => vibn.consent(decision)),
  reset: () => void soon((vibn) => vibn.reset()),
};

export type VibnTrackerProviderProps = Options & { children?: ReactNode };

/** Starts tracking in the browser; renders its children and nothing else. */
export function VibnTrackerProvider({ children, ...options }: VibnTrackerProviderProps) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: a tracker cannot be reconfigured while it runs.
  useEffect(() => {
    if (tracker) return;
    try {
      tracker = createTracker(options);
      for (const call of waiting.splice(0)) call(tracker);
    } catch {
      // The application goes on without us.
    }
  }, []);
  return <Context.Provider value={useMemo(() => api, [])}>{children}</Context.Provider>;
}

/** The tracker, for components under a `VibnTrackerProvider`. Its functions stay the same between renders. */
export function useVibnTracker(): VibnTracker {
  return useContext(Context) ?? api;
}
