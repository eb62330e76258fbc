/** What the server says of a cell, by the words in which the page says it. */
const known = {
  "is no product's": "noProduct",
  "is no location's code": "noLocation",
  "must be a decimal number with at most 3 decimals": "noQuantity",
  "must be more than 0": "notAboveZero",
  "has at most 100 characters": "tooLong",
  "must not be below the reorder point": "belowReorderPoint",
} as const;

export type RowProblem = (typeof known)[keyof typeof known] | "noDate";

/** Null for one that has no words here: then it is shown as the server says it. */
export function rowProblem(column: string, message: string): RowProblem | null {
  if (column === "expires_on") return "noDate";
  return isKnown(message) ? known[message] : null;
}

const isKnown = (message: string): message is keyof typeof known => Object.hasOwn(known, message);
