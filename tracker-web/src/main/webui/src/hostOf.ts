import { attempt } from "./attempt";

/** Host of an address without `www.`, or nothing for what is no address. */
export const hostOf = (url: string): string => attempt(() => new URL(url).hostname.replace(/^www\./, "")) || "";
