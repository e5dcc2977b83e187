"use client";

import { useVibnTracker } from "@/components/metrics/VibnTracker";

export default function GoogleCallbackPage() {
  const { getStoredAttribution, identify, track } = useVibnTracker();

  const handleOAuthSignup = async (googleToken: string) => {
    // 1. Get first-touch parameters cached in browser
    const attribution = getStoredAttribution();

    // 2. POST to your register endpoint
    const response = await fetch("/api/auth/register", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({
        google_token: googleToken,
        ...attribution // Sends utm_source, utm_medium, utm_campaign, referrer, etc.
      })
    });

    if (response.ok) {
      const user = await response.json();

      // 3. BRIDGING IDENTITY: Link anonymous browser history with real user ID!
      identify({
        userId: user.id, // Primary key in your database
        email: user.email,
        name: user.name,
        plan: user.plan
      });

      // 4. Track custom sign-up conversion in Umami
      track("user_completed_signup", { plan: user.plan });
    }
  };
  
  return <button type="button" onClick={() => handleOAuthSignup("google-token")}>Continue</button>;
}
