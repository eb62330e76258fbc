import { setTimeout as pause } from "node:timers/promises";
import { Customer } from "./customer.ts";
import { count, type Drill } from "./drill.ts";
import type { Operation } from "./history.ts";
import { forEach, upTo } from "./patience.ts";
import { countProducts } from "./queries.ts";
import { inShop } from "./shop.ts";
import { Shopper } from "./shopper.ts";
import { judgeStock } from "./stock-verdict.ts";
import { judge } from "./verdict.ts";

const resolveMsMax = 60_000;
const atOnce = 6;
const repeatedShare = 0.3;
const linesEach = 2;

export const killApi: Drill = {
  name: "kill-api",
  promise: "What was answered 2xx exists; what was not is absent or resolved by repeating its key; never two.",

  async run(context) {
    const { random, isQuick, tell } = context;
    const kills = isQuick ? 2 : 25;
    const batch = isQuick ? 6 : 20;
    const plan = upTo(kills).map(() => ({ victim: random.whole(0, 1), at: random.next() }));
    tell(`${kills} rounds of ${batch} uploads, new products and reservations over 2 api processes; each kills one -9:`);
    tell(plan.map(({ victim, at }) => `api-${victim + 1} at ${Math.round(at * 100)} %`).join(", "));

    return inShop({ apis: 2, workers: 1 }, context, async (shop) => {
      const customer = new Customer(shop);
      const { history } = customer;
      const shopper = new Shopper(customer);
      // Less than will be asked for: some are refused, and must have left nothing.
      const items = await shopper.stock(4, Math.ceil(0.4 * batch * (kills + 2)));
      const round = async () => {
        const photos = await shop.album.makeMany(batch, { grain: 60 });
        const productIds: string[] = [];
        for (let made = 0; made < 3; made += 1) productIds.push(await customer.newProduct());
        const startedAt = performance.now();
        return {
          done: forEach(photos, atOnce, async (photo) => {
            await customer.upload(random.pick(productIds), photo);
            await customer.createProduct();
            const cart = random.shuffled(items).slice(0, linesEach);
            await shopper.reserve(cart.map((item) => ({ ...item, quantity: 1 })));
          }).then(() => performance.now() - startedAt),
        };
      };
      await (await round()).done;
      const roundMs = await (await round()).done;
      tell(`a round takes ${Math.round(roundMs)} ms`);
      for (const { victim, at } of plan) {
        const { done } = await round();
        await pause(at * roundMs);
        await shop.apis[victim]?.kill();
        await Promise.all([done, shop.apis[victim]?.start()]);
      }
      const unknown = await history.resolve(resolveMsMax);
      const again = history.operations.filter(({ outcome }) => outcome === "ok" && random.next() < repeatedShare);
      const violations = await repeatedFaults(customer, again);
      const products = await countProducts(shop.database.db);
      const created = history.count("ok", "create product");
      if (products !== created) violations.push(`${created} products were answered, ${products} are there`);
      violations.push(...(await judgeStock(shop, shopper)));
      const judgement = await judge(shop, customer);
      const figures = [
        count("kills", kills),
        count("operations without an answer, resolved by their keys", unknown),
        count("answers asked for again by their keys", again.length),
        count("reservations ok", history.count("ok", "reserve")),
        count("reservations refused", history.count("failed", "reserve")),
        ...judgement.figures,
      ];
      return { figures, violations: [...violations, ...judgement.violations] };
    });
  },
};

/** The same key gives the same answer and no second effect, whichever process is asked. */
async function repeatedFaults(customer: Customer, operations: readonly Operation[]): Promise<string[]> {
  const faults: string[] = [];
  await forEach(operations, atOnce, async (operation) => {
    const { status, body, isReplayed } = await customer.history.repeat(operation);
    // What is reserved is answered 201 once, and 200 ever after.
    const isStatusKept = status === operation.status || (operation.status === 201 && status === 200);
    if (!isReplayed || !isStatusKept || JSON.stringify(body) !== JSON.stringify(operation.body)) {
      faults.push(`operation ${operation.number} (${operation.what}) was answered otherwise when it was repeated`);
    }
  });
  return faults;
}
