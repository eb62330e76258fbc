import type { Product } from "@bodega/sdk";

/** What a scan came to: a product, and what its code says besides. */
export interface ScannedProduct {
  readonly product: Product;
  /** A decimal: `"1"`, or the weight in the code, or its price divided by the product's. */
  readonly quantity: string;
  readonly lot: string | null;
  /** A day, such as 2026-12-31. */
  readonly expiresOn: string | null;
  /** As it was read. */
  readonly code: string;
}

export type ScanListener = (scanned: ScannedProduct) => void;

/** Where scans arrive: whoever listens last gets them, as the topmost thing on the screen. */
export class ScanDesk {
  #listeners: readonly ScanListener[] = [];

  /** Gets every product that is scanned until the returned function is called, or somebody above listens. */
  listen = (listener: ScanListener): (() => void) => {
    this.#listeners = [...this.#listeners, listener];
    return () => {
      this.#listeners = this.#listeners.filter((each) => each !== listener);
    };
  };

  deliver(scanned: ScannedProduct): void {
    this.#listeners.at(-1)?.(scanned);
  }
}
