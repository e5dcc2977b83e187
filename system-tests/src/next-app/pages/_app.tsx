import type { AppProps } from "next/app";
import { VibnTrackerProvider } from "@/components/metrics/VibnTracker";

export default function App({ Component, pageProps }: AppProps) {
  return (
    <VibnTrackerProvider
      umamiWebsiteId="your-umami-website-uuid"
      umamiScriptUrl="https://analytics.vibnai.com/script.js"
    >
      <Component {...pageProps} />
    </VibnTrackerProvider>
  );
}
