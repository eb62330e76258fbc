import type { CDPSession, Page } from "playwright-core";

/** Between the keys of a scanner on USB, and between two scans of a quick hand. */
const gapMs = 4;
const pauseMs = 100;

/** When the last scan of a page was over, by the clock that its keys carry. */
const lastMs = new WeakMap<Page, number>();

/**
 * Types as a keyboard-wedge scanner does, some milliseconds a key; most scanners end with Enter. Each key carries its own
 * time (Chrome DevTools Protocol, `Input.dispatchKeyEvent`) and they are not awaited one by one: the page tells scanners
 * from people by the time between keys, and no machine that runs tests is as even as a scanner.
 */
export async function scan(page: Page, code: string, { hasEnter = true } = {}): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const startMs = Math.max(Date.now(), (lastMs.get(page) ?? 0) + pauseMs);
  const keys = [...code, ...(hasEnter ? ["Enter"] : [])];
  lastMs.set(page, startMs + keys.length * gapMs);
  await Promise.all(keys.flatMap((key, index) => press(session, key, (startMs + index * gapMs) / 1_000)));
  await session.detach();
}

function press(session: CDPSession, key: string, timestamp: number): readonly Promise<unknown>[] {
  const text = key === "Enter" ? "\r" : key;
  return [
    session.send("Input.dispatchKeyEvent", { type: "keyDown", key, text, timestamp, ...codesOf(key) }),
    session.send("Input.dispatchKeyEvent", { type: "keyUp", key, timestamp: timestamp + 0.001, ...codesOf(key) }),
  ];
}

/** What a browser looks at to know which key it is. */
function codesOf(key: string): { readonly code: string; readonly windowsVirtualKeyCode: number } {
  if (key === "Enter") return { code: "Enter", windowsVirtualKeyCode: 13 };
  const windowsVirtualKeyCode = key.toUpperCase().charCodeAt(0);
  if (/\d/.test(key)) return { code: `Digit${key}`, windowsVirtualKeyCode };
  return /[a-z]/i.test(key)
    ? { code: `Key${key.toUpperCase()}`, windowsVirtualKeyCode }
    : { code: "Minus", windowsVirtualKeyCode: 189 };
}
