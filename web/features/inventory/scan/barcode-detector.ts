/** https://wicg.github.io/shape-detection-api/#barcode-detection-api, which TypeScript does not know yet. */
interface DetectedBarcode {
  readonly rawValue: string;
}

interface BarcodeDetector {
  readonly detect: (source: HTMLVideoElement) => Promise<readonly DetectedBarcode[]>;
}

interface BarcodeDetectorClass {
  new (options: { readonly formats: readonly string[] }): BarcodeDetector;
}

const formats = ["ean_13", "ean_8", "upc_a", "upc_e", "code_128", "code_39", "itf", "data_matrix", "qr_code"] as const;

/** Chrome on Android and macOS has it; others do not, and then the page offers no camera. */
function detectorClass(): BarcodeDetectorClass | null {
  const found: unknown = Reflect.get(globalThis, "BarcodeDetector");
  return isDetectorClass(found) ? found : null;
}

const isDetectorClass = (value: unknown): value is BarcodeDetectorClass => typeof value === "function";

export const canUseCamera = (): boolean =>
  detectorClass() !== null && navigator.mediaDevices?.getUserMedia !== undefined;

/** Throws where there is no detector; see `canUseCamera`. */
export function newBarcodeDetector(): BarcodeDetector {
  const Detector = detectorClass();
  if (Detector === null) throw new Error("this browser reads no bar codes");
  return new Detector({ formats });
}
