import type { Page } from "playwright-core";

/** Between the keys of a scanner on USB. */
const gapMs = 4;

/**
 * Types as a keyboard-wedge scanner does, some milliseconds a key; most scanners end with Enter. The keys carry their
 * times with them and are not awaited one by one, since no machine that runs tests is as even as a scanner.
 */
export async function scan(page: Page, code: string, { hasEnter = true } = {}): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const startMs = Date.now();
  const keys = [...code, ...(hasEnter ? ["Enter"] : [])];
  await Promise.all(
    keys.flatMap((key, index) => {
      const text = key === "Enter" ? "\r" : key;
      const timestamp = (startMs + index * gapMs) / 1_000;
      return [
        session.send("Input.dispatchKeyEvent", { type: "keyDown", key, text, timestamp, ...codesOf(key) }),
        session.send("Input.dispatchKeyEvent", { type: "keyUp", key, timestamp: timestamp + 0.001, ...codesOf(key) }),
      ];
    }),
  );
  await session.detach();
}

/** What a browser looks at to know which key it is. */
function codesOf(key: string): { readonly code: string; readonly windowsVirtualKeyCode: number } {
  if (key === "Enter") return { code: "Enter", windowsVirtualKeyCode: 13 };
  const upper = key.toUpperCase();
  if (/[0-9]/.test(key)) return { code: `Digit${key}`, windowsVirtualKeyCode: upper.charCodeAt(0) };
  return /[A-Z]/.test(upper)
    ? { code: `Key${upper}`, windowsVirtualKeyCode: upper.charCodeAt(0) }
    : { code: "Minus", windowsVirtualKeyCode: 189 };
}
