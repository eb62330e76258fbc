import { setTimeout as pause } from "node:timers/promises";
import { Customer, imageMadeBy } from "./customer.ts";
import { count, type Drill, times } from "./drill.ts";
import { forEach, until, upTo } from "./patience.ts";
import { countInState } from "./queries.ts";
import { inShop, type Shop } from "./shop.ts";
import { Shopper } from "./shopper.ts";
import { judgeStock } from "./stock-verdict.ts";
import { judge } from "./verdict.ts";

/** As promised; a quick drill shares its machine with other tests and is given more. */
const reconnectMsMax = { full: 15_000, quick: 60_000 } as const;
const waitMsMax = 120_000;
const atOnce = 6;
const linesEach = 2;

export const killDatabase: Drill = {
  name: "kill-database",
  promise:
    "When PostgreSQL is killed in a burst, nothing acknowledged is lost, and every process comes back by itself.",

  async run(context) {
    const { random, isQuick, tell } = context;
    const kills = isQuick ? 1 : 10;
    const batch = isQuick ? 12 : 30;
    const plan = upTo(kills).map(() => 0.2 + 0.6 * random.next());
    tell(
      `${kills} bursts of ${batch} uploads and reservations over 2 api processes and 1 worker; each kills PostgreSQL -9 on the way, at`,
    );
    tell(plan.map((at) => `${Math.round(at * 100)} %`).join(", "));

    return inShop({ apis: 2, workers: 1 }, context, async (shop) => {
      const customer = new Customer(shop);
      const shopper = new Shopper(customer);
      const items = await shopper.stock(4, Math.ceil(0.4 * batch * (kills + 1)));
      const burst = async () => {
        const photos = await shop.album.makeMany(batch);
        const productIds: string[] = [];
        await forEach(upTo(batch), atOnce, async () => productIds.push(await customer.newProduct()));
        const startedAt = performance.now();
        const done = forEach(photos.entries(), atOnce, async ([index, photo]) => {
          await customer.upload(productIds[index] ?? "", photo);
          const cart = random.shuffled(items).slice(0, linesEach);
          await shopper.reserve(cart.map((item) => ({ ...item, quantity: 1 })));
        });
        return { done: done.then(() => performance.now() - startedAt) };
      };
      // Only the shop's own processes may bring PostgreSQL back.
      await shop.leaveDatabaseToProcesses();
      const burstMs = await (await burst()).done;
      tell(`a burst takes ${Math.round(burstMs)} ms`);
      const returnsMs: number[] = [];
      for (const at of plan) {
        const { done } = await burst();
        await pause(at * burstMs);
        const killedAt = await shop.killDatabase();
        await Promise.all([done, untilEverybodyWorks(shop, customer)]);
        returnsMs.push(performance.now() - killedAt);
      }
      const unknown = await customer.history.resolve(waitMsMax);
      const judgement = await judge(shop, customer);
      const violations = [...judgement.violations, ...(await judgeStock(shop, shopper))];
      const reach = isQuick ? reconnectMsMax.quick : reconnectMsMax.full;
      const late = returnsMs.filter((ms) => ms > reach);
      if (late.length > 0)
        violations.push(`${late.length} times it took longer than ${reach} ms until all worked again`);
      const figures = [
        count("kills of PostgreSQL", kills),
        count("operations without an answer, resolved by their keys", unknown),
        times("until every process worked again", returnsMs),
        count("reservations ok", customer.history.count("ok", "reserve")),
        ...judgement.figures,
      ];
      return { figures, violations };
    });
  },
};

/** Every api process is ready, and a photo taken in now is worked on to its end. */
async function untilEverybodyWorks(shop: Shop, customer: Customer): Promise<void> {
  await forEach(shop.apis, shop.apis.length, (api) =>
    until(`${api.name} was ready again`, waitMsMax, async () => {
      const answer = await fetch(new URL("/health/ready", api.url), { signal: AbortSignal.timeout(5_000) });
      return answer.status === 200;
    }),
  );
  const photo = await shop.album.make();
  const productId = await customer.newProduct();
  const made = await until("an upload was taken in again", waitMsMax, async () => {
    return imageMadeBy(await customer.upload(productId, photo));
  });
  await until("a photo was worked on again", waitMsMax, async () => {
    return (await countInState(shop.database.db, [made.id], "ready")) === 1;
  });
}
