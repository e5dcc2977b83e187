export { useVibnTracker, VibnTrackerProvider } from "@vibn/tracker/react";
