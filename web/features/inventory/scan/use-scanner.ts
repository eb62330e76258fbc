import { createContext, useContext, useEffect, useEffectEvent } from "react";
import type { ScanDesk, ScannedProduct } from "./scan-desk.ts";

export const ScanDeskContext = createContext<ScanDesk | null>(null);

/** Of the page that this is on; the frame of Existencias provides it. */
export function useScanDesk(): ScanDesk {
  const desk = useContext(ScanDeskContext);
  if (desk === null) throw new Error("there is no scanner on this page");
  return desk;
}

/**
 * Calls `onScan` (always the latest one given) with each product that is scanned, by keyboard wedge or camera, while the
 * component is there and `isEnabled`. Codes that name no product do not get here: the frame asks what they are, and then
 * they do. With several components listening, the one that came last hears it; without any, the frame shows the product.
 */
export function useScanner(onScan: (scanned: ScannedProduct) => void, isEnabled = true): void {
  const desk = useScanDesk();
  const hear = useEffectEvent(onScan);
  useEffect(() => (isEnabled ? desk.listen((scanned) => hear(scanned)) : undefined), [desk, isEnabled]);
}
