import { createTracker, type StoredAttribution, type Vibn } from "@vibn/tracker";
import { useVibnTracker } from "@vibn/tracker/react";

export default function Page({ user }: { user: { id: number; email: string; plan: string } }) {
  const { getStoredAttribution, identify, signup, track } = useVibnTracker();
  const attribution: StoredAttribution = getStoredAttribution();
  return (
    <button
      type="button"
      onClick={async () => {
        await identify({ userId: user.id, email: user.email, plan: user.plan });
        await signup({ userId: String(user.id), signature: "00" });
        track("signed_up", { plan: user.plan });
      }}
    >
      {String(attribution.utm_source)}
    </button>
  );
}

export const vibn: Vibn = createTracker({
  umamiWebsiteId: "id",
  umamiScriptUrl: "https://analytics.example.com/script.js",
});
// @ts-expect-error the website's id is required
createTracker({ umamiScriptUrl: "https://analytics.example.com/script.js" });
