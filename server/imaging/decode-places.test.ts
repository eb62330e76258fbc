import { expect, it } from "vitest";
import { DecodePlaces } from "./decode-places.ts";

it("never more run at once than there are places, and all get their turn in order", async () => {
  const places = new DecodePlaces(2);
  const order: number[] = [];
  let running = 0;
  let most = 0;
  await Promise.all(
    Array.from({ length: 20 }, (_, n) =>
      places.run(undefined, async () => {
        order.push(n);
        running += 1;
        most = Math.max(most, running);
        await new Promise(setImmediate);
        running -= 1;
      }),
    ),
  );
  expect(most).toBe(2);
  expect(order).toEqual(Array.from({ length: 20 }, (_, n) => n));
});

it("who gives up in the line leaves it, and failing work gives its place back", async () => {
  const places = new DecodePlaces(1);
  const open = Promise.withResolvers<void>();
  const first = places.run(undefined, () => open.promise);
  const giveUp = new AbortController();
  const second = places.run(giveUp.signal, () => Promise.resolve("never"));
  const third = places.run(undefined, () => Promise.reject(new Error("broken")));
  const fourth = places.run(undefined, () => Promise.resolve("done"));
  giveUp.abort(new Error("no longer wanted"));
  await expect(second).rejects.toThrow("no longer wanted");
  open.resolve();
  await first;
  await expect(third).rejects.toThrow("broken");
  expect(await fourth).toBe("done");
});
