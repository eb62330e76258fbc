import type { Search } from "../frame-route.ts";

/** What the address of the labels says: which products, and how many of each, so that other pages can lead here. */
export interface LabelsAddress {
  readonly products?: string;
}

export interface WantedLabels {
  readonly productId: string;
  readonly copies: number;
}

/** As many products as an address can name. */
export const wantedMax = 200;
export const copiesMax = 500;

export function readLabelsAddress({ products }: Search): LabelsAddress {
  return typeof products === "string" && wantedIn(products).length > 0 ? { products } : {};
}

const entry = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:\*(\d{1,3}))?$/i;

/** Reads `<id>*<copies>,<id>`; what is no such thing is left out. */
export function wantedIn(products: string | undefined): readonly WantedLabels[] {
  return (products ?? "")
    .split(",")
    .flatMap((part) => {
      const [, productId, copies = "1"] = entry.exec(part) ?? [];
      return productId === undefined ? [] : [{ productId, copies: Math.min(copiesMax, Math.max(1, Number(copies))) }];
    })
    .slice(0, wantedMax);
}

/** The address that leads here with these. */
export const labelsAddressOf = (wanted: readonly WantedLabels[]): LabelsAddress => ({
  products: wanted
    .slice(0, wantedMax)
    .map(({ productId, copies }) => `${productId}*${Math.min(copiesMax, copies)}`)
    .join(","),
});
