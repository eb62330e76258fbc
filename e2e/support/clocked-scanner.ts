import type { CDPSession, Page } from "playwright-core";

/** Between two keys, as scanners leave; the browser is told so, however slow the machine is that runs the test. */
const gapMs = 4;

/**
 * Types as a keyboard-wedge scanner does. Each key carries its own time (Chrome DevTools Protocol,
 * `Input.dispatchKeyEvent`): the page tells scanners from people by the time between keys, and a busy machine would
 * stretch it.
 */
export async function scan(page: Page, code: string): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const startMs = Date.now();
  const keys = [...code].map((text) => ({ key: text, text, ...codeOf(text) }));
  const sent = [...keys, { key: "Enter", text: "\r", code: "Enter", windowsVirtualKeyCode: 13 }].flatMap((key, index) =>
    press(session, key, (startMs + index * gapMs) / 1000),
  );
  await Promise.all(sent);
  await session.detach();
}

interface Key {
  readonly key: string;
  readonly text: string;
  readonly code: string;
  readonly windowsVirtualKeyCode: number;
}

function press(session: CDPSession, key: Key, timestamp: number): readonly Promise<unknown>[] {
  const { text, ...up } = key;
  return [
    session.send("Input.dispatchKeyEvent", { type: "keyDown", timestamp, ...up, text }),
    session.send("Input.dispatchKeyEvent", { type: "keyUp", timestamp: timestamp + 0.001, ...up }),
  ];
}

function codeOf(text: string): Pick<Key, "code" | "windowsVirtualKeyCode"> {
  const windowsVirtualKeyCode = text.toUpperCase().charCodeAt(0);
  if (/\d/.test(text)) return { code: `Digit${text}`, windowsVirtualKeyCode };
  return { code: /[a-z]/i.test(text) ? `Key${text.toUpperCase()}` : "", windowsVirtualKeyCode };
}
