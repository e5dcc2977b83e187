import type { Context } from "./context";

interface TcData {
  eventStatus?: string;
  gdprApplies?: boolean;
  purpose?: { consents?: Record<string, boolean>; legitimateInterests?: Record<string, boolean> };
}
interface Platforms {
  __tcfapi?: (command: string, version: number, listener: (data: TcData, success: boolean) => void) => void;
  dataLayer?: ArrayLike<unknown>[];
}

/** Purposes of TCF: 1 is storing on the device, 7 is measuring what advertising brought. */
const STORE = 1;
const MEASURE = 7;

const allows = ({ gdprApplies, purpose }: TcData) =>
  gdprApplies === false ||
  (!!purpose?.consents?.[STORE] && !!(purpose.consents[MEASURE] || purpose.legitimateInterests?.[MEASURE]));

/**
 * Follows the consent platform of the page: TCF v2 and Google Consent Mode v2 (`analytics_storage`), each if it is there.
 * What either denies is denied. A browser that sends GPC or DNT is not overruled by them.
 */
export function cmp({ _vibn: vibn }: Context): void {
  const { doNotTrack, globalPrivacyControl } = navigator as { doNotTrack?: unknown; globalPrivacyControl?: unknown };
  const page = window as unknown as Platforms;
  const heard: Record<string, boolean> = {};
  let decided: boolean | undefined;

  const hear = (platform: string, granted: boolean) => {
    heard[platform] = granted && doNotTrack !== "1" && !globalPrivacyControl;
    const decision = Object.values(heard).every(Boolean);
    if (decision !== decided) vibn.consent(decision ? "granted" : "denied");
    decided = decision;
  };

  const followTcf = () => {
    if (!page.__tcfapi) return false;
    page.__tcfapi("addEventListener", 2, (data, success) => {
      if (success && /tcloaded|useractioncomplete/.test(`${data.eventStatus}`)) hear("tcf", allows(data));
    });
    return true;
  };

  const read = (entry: ArrayLike<unknown> | undefined) => {
    const [command, kind, state] = Array.from(entry ?? []) as [string?, string?, Record<string, unknown>?];
    const granted = state?.analytics_storage === "granted";
    if (command !== "consent" || !state?.analytics_storage) return;
    // A default that says no is only the time before the decision; one for some regions may not be this visitor's.
    if (kind === "update" || (granted && !state.region)) hear("google", granted);
  };
  const followGoogle = () => {
    const layer = page.dataLayer;
    if (!layer) return false;
    Array.from(layer).forEach(read);
    const { push } = layer;
    layer.push = function (this: unknown, ...entries) {
      entries.forEach(read);
      return push.apply(this as typeof layer, entries);
    };
    return true;
  };

  for (const follow of [followTcf, followGoogle]) {
    // A platform that loads later is there when the page is.
    if (!follow() && document.readyState !== "complete") addEventListener("load", follow);
  }
}
