import { VibnTrackerProvider } from "@/components/metrics/VibnTracker";

export default function RootLayout({ children }: { children: React.ReactNode }) {
  return (
    <html lang="en">
      <VibnTrackerProvider 
        umamiWebsiteId="your-umami-website-uuid" 
        umamiScriptUrl="https://analytics.vibnai.com/script.js"
      >
        <body>{children}</body>
      </VibnTrackerProvider>
    </html>
  );
}
