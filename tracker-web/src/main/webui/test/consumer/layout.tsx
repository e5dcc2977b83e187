import { VibnTrackerProvider } from "@vibn/tracker/react";
import type { ReactNode } from "react";

export default function RootLayout({ children }: { children: ReactNode }) {
  return (
    <html lang="en">
      <VibnTrackerProvider
        umamiWebsiteId="id"
        umamiScriptUrl="https://analytics.example.com/script.js"
        traits={["plan"]}
      >
        <body>{children}</body>
      </VibnTrackerProvider>
    </html>
  );
}
