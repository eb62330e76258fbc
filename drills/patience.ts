import { setTimeout as pause } from "node:timers/promises";

const pollMs = 25;

/**
 * Asks until the answer is something, and gives it. Throws after `limitMs` with what was waited for; what `ask` throws
 * meanwhile counts as "not yet" and is told only then, so that a question may be put to what is down at the moment.
 */
export async function until<Answer>(
  what: string,
  limitMs: number,
  ask: () => Promise<Answer | null | undefined | false>,
): Promise<Answer> {
  const deadline = performance.now() + limitMs;
  for (;;) {
    const { answer, cause } = await tried(ask);
    if (answer) return answer;
    if (performance.now() > deadline) {
      throw new Error(`Waited ${Math.round(limitMs / 1000)} s in vain until ${what}.`, { cause });
    }
    await pause(pollMs);
  }
}

async function tried<Answer>(
  ask: () => Promise<Answer>,
): Promise<{ readonly answer?: Answer; readonly cause?: unknown }> {
  try {
    return { answer: await ask() };
  } catch (cause) {
    return { cause };
  }
}

/** Runs `work` on every item, `atOnce` at a time, in their order. */
export async function forEach<Item>(
  items: Iterable<Item>,
  atOnce: number,
  work: (item: Item) => Promise<unknown>,
): Promise<void> {
  const iterator = items[Symbol.iterator]();
  const lane = async () => {
    for (let next = iterator.next(); next.done !== true; next = iterator.next()) await work(next.value);
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
}

/** The numbers from 0 to `count` - 1. */
export const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index);
