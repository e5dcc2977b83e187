/** Whether `host` is `domain` or below it. */
export const isWithin = (host: string, domain: string): boolean => `.${host}`.endsWith(`.${domain}`);
