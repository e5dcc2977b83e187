export type Route =
  | { name: "acquisition"; view: string }
  | { name: "funnel"; view: string }
  | { name: "users"; userId: string };

/** What an address shows; everything after the `#`, so that no user id reaches a server's log. */
export function readRoute(hash: string): Route {
  const [path = "", view = ""] = hash.replace(/^#\/?/, "").split(/\?(.*)/s);
  const [name, ...rest] = path.split("/");
  if (name === "users") return { name, userId: decode(rest.join("/")) };
  return name === "funnel" ? { name, view } : { name: "acquisition", view };
}

export function writeRoute(route: Route): string {
  if (route.name === "users") return `#/users/${encodeURIComponent(route.userId)}`;
  return `#/${route.name}${route.view ? `?${route.view}` : ""}`;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
