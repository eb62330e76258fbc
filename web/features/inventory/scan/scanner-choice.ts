import { useLocalStorage } from "@mantine/hooks";

/** What this device does when something is scanned. */
export interface ScannerChoice {
  readonly hasSound: boolean;
  readonly hasVibration: boolean;
}

/** Kept in this browser. */
export const useScannerChoice = () =>
  useLocalStorage<ScannerChoice>({
    key: "bodega.scanner",
    defaultValue: { hasSound: true, hasVibration: true },
    getInitialValueInEffect: false,
  });
