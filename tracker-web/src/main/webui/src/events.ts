import type { Context } from "./context";

const NAME = "data-vibn-event";
/** Elements that the keyboard clicks by itself. */
const CLICKABLE = "a[href],button,input,select,textarea,summary,label";

/**
 * Records a click on an element with `data-vibn-event="name"`, or on anything in it, as a custom event; its data are the
 * attributes `data-vibn-event-…`. With the keyboard too: Enter and space on what has a focus but is no button.
 */
export function events({ _vibn: vibn }: Context): void {
  let pressed: Element | undefined;

  const record = (element: Element) => {
    const data: Record<string, string> = {};
    for (const { name, value } of element.attributes)
      if (name.startsWith(`${NAME}-`)) data[name.slice(NAME.length + 1)] = value;
    vibn.track(element.getAttribute(NAME) as string, data);
  };
  const marked = ({ target }: Event) => (target instanceof Element && target.closest(`[${NAME}]`)) || undefined;

  addEventListener(
    "click",
    (event) => {
      const element = marked(event);
      // Many pages answer the key with a click of their own.
      if (element && element !== pressed) record(element);
    },
    true,
  );
  addEventListener(
    "keydown",
    (event) => {
      const element = marked(event);
      const target = event.target as Element;
      if (!element || event.repeat || !/^(Enter| )$/.test(event.key) || target.matches(CLICKABLE)) return;
      record(element);
      pressed = element;
      setTimeout(() => {
        pressed = undefined;
      });
    },
    true,
  );
}
