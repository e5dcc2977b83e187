import { attempt } from "./attempt";
import type { Context } from "./context";
import { load } from "./storage";

/**
 * Lets the server set the cookie again, since Safari keeps a cookie that a script has set for seven days at most. The
 * body is what the cookie says; nothing is sent before something may be stored.
 */
export function touch(context: Context): void {
  const { touchUrl } = context._options;
  if (!touchUrl) return;
  const send = () => {
    if (load())
      attempt(() =>
        fetch(touchUrl, {
          method: "POST",
          keepalive: true,
          credentials: "include",
          body: JSON.stringify(context._kept()),
        }).catch(() => undefined),
      );
  };
  context._changed = send;
  send();
}
