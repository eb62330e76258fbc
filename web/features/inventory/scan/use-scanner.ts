import { createContext, useContext, useEffect, useEffectEvent } from "react";
import type { FindHere } from "./find-product.ts";
import type { ScanDesk, ScannedProduct } from "./scan-desk.ts";

export const ScanDeskContext = createContext<ScanDesk | null>(null);

/** Of the page that this is on; the frame of Existencias provides it. */
export function useScanDesk(): ScanDesk {
  const desk = useContext(ScanDeskContext);
  if (desk === null) throw new Error("there is no scanner on this page");
  return desk;
}

export interface ScannerOptions {
  /** Default: true. */
  readonly isEnabled?: boolean;
  /**
   * Products that are known here, by GTIN or SKU; asked before the server, so that scans of them are heard without it. For
   * a scale's label they are asked when the server does not answer: it knows the shop's scales better.
   */
  readonly find?: FindHere;
}

/**
 * Calls `onScan` (always the latest one given) with each product that is scanned, by keyboard wedge or camera, while the
 * component is there and `isEnabled`. Codes that name no product do not get here: the frame asks what they are, and then
 * they do. With several components listening, the one that came last hears it; without any, the frame shows the product.
 */
export function useScanner(onScan: (scanned: ScannedProduct) => void, options: ScannerOptions = {}): void {
  const { isEnabled = true } = options;
  const desk = useScanDesk();
  const hear = useEffectEvent(onScan);
  const find = useEffectEvent((code: string) => options.find?.(code) ?? null);
  useEffect(
    () => (isEnabled ? desk.listen({ hear: (scanned) => hear(scanned), find: (code) => find(code) }) : undefined),
    [desk, isEnabled],
  );
}
