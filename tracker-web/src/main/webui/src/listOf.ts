/** The items of a list, which an attribute gives as text. */
export const listOf = (given: unknown): string[] => `${given || ""}`.split(/[\s,]+/).filter(Boolean);
