import { randomUUID } from "node:crypto";
import { Customer } from "./customer.ts";
import { type CutShares, type CutShop, inCutShop } from "./cut-shop.ts";
import { count, type Drill, type Figure } from "./drill.ts";
import { codeOf, type Reply } from "./history.ts";
import { upTo } from "./patience.ts";
import { type Item, Shopper } from "./shopper.ts";
import {
  countMovements,
  findReservationState,
  listLevels,
  listReservations,
  listStockDiscrepancies,
} from "./stock-queries.ts";

const apis = 3;
const lost: CutShares = { database: 0.3, http: 0.3 };
const atOnce = 100;

export const sameKey: Drill = {
  name: "same-key",
  promise: "One key 100 times at once, and again after answers were lost and processes killed: one effect, one answer.",

  async run(context) {
    const { random, isQuick, tell } = context;
    const rounds = isQuick ? 2 : 12;
    const plan = upTo(rounds).map((round) => ({
      what: round % 2 === 0 ? ("reserve" as const) : ("exit" as const),
      victim: random.whole(0, apis - 1),
    }));
    tell(
      `${rounds} keys, each ${atOnce} times at once over ${apis} api processes for the last unit of a product, then, when`,
    );
    tell(
      `the stock is gone, ${atOnce} times more; ${lost.http * 100} % of the answers are lost after the commit, and on the way`,
    );
    tell(`a process is killed -9: ${plan.map(({ what, victim }) => `${what} api-${victim + 1}`).join(", ")}`);

    return inCutShop({ apis, shares: lost }, context, async (cut) => {
      const shopper = new Shopper(new Customer(cut.shop), cut.nextAddress);
      const violations: string[] = [];
      const tries: number[] = [];
      for (const { what, victim } of plan) {
        const [item] = await shopper.stock(1, 1);
        if (item === undefined) throw new Error("There is nothing to buy.");
        const round = { cut, shopper, item, victim, tries };
        violations.push(...(what === "reserve" ? await reserveOften(round) : await exitOften(round)));
      }
      for (const level of await listStockDiscrepancies(cut.shop.database.db)) {
        violations.push(`the books do not agree: ${JSON.stringify(level)}`);
      }
      return { figures: figuresOf(rounds, tries, cut), violations };
    });
  },
};

interface Round {
  readonly cut: CutShop;
  readonly shopper: Shopper;
  readonly item: Item;
  readonly victim: number;
  /** How many requests each burst took until all were answered. */
  readonly tries: number[];
}

async function reserveOften(round: Round): Promise<string[]> {
  const { cut, shopper, item } = round;
  const { db } = cut.shop.database;
  const key = randomUUID();
  const lines = [{ ...item, quantity: 1 }];
  const ask = () => shopper.sendReserve(lines, { key });
  const first = await burst(round, ask);
  const faults = sameAnswerFaults(first);
  const id = idOf(first[0]);
  const before = (await listReservations(db)).filter((row) => row.key === key);
  if (before.length !== 1 || before[0]?.id !== id) faults.push(`a key made ${before.length} reservations`);

  const confirmed = await shopper.close(id, "confirm");
  const settled = await shopper.history.settle(confirmed, 60_000);
  if (settled.outcome !== "ok") faults.push(`the reservation could not be confirmed: ${settled.reason}`);
  const level = (await listLevels(db)).find(({ productId }) => productId === item.productId);
  if (level?.onHand !== 0) faults.push(`after the sale the level is ${JSON.stringify(level)}`);
  faults.push(...sameAnswerFaults([...first.slice(0, 1), ...(await burst(round, ask))], "when the stock was gone"));
  const other = await shopper.answered(() => shopper.sendReserve([{ ...item, quantity: 2 }], { key }));
  faults.push(...reuseFaults(other));
  const fresh = await shopper.answered(() => shopper.sendReserve(lines));
  if (fresh.status !== 409) faults.push(`a new key for what is gone was answered ${fresh.status}`);
  const state = await findReservationState(db, id);
  if (state !== "confirmed") faults.push(`the reservation is ${state}`);
  return faults;
}

async function exitOften(round: Round): Promise<string[]> {
  const { cut, shopper, item } = round;
  const key = randomUUID();
  const body = (quantity: string) => ({ type: "exit", lines: [{ ...item, quantity }] });
  const ask = () => shopper.send("/v1/stock/movements", body("1"), key);
  const first = await burst(round, ask);
  const faults = [
    ...sameAnswerFaults(first),
    ...sameAnswerFaults([...first.slice(0, 1), ...(await burst(round, ask))], "when the stock was gone"),
    ...reuseFaults(await shopper.answered(() => shopper.send("/v1/stock/movements", body("2"), key))),
  ];
  const exits = await countMovements(cut.shop.database.db, item.productId, "exit");
  if (exits !== 1) faults.push(`a key made ${exits} exits`);
  return faults;
}

/** All at once, each until it is answered, while a process is killed and started again. */
async function burst({ cut, shopper, victim, tries }: Round, ask: () => Promise<Reply>): Promise<readonly Reply[]> {
  let asked = 0;
  const counted = () => {
    asked += 1;
    return ask();
  };
  const answers = upTo(atOnce).map(() => shopper.answered(counted));
  // When the first is answered, the others are on their way.
  await Promise.race(answers);
  await cut.shop.apis[victim]?.kill();
  const [replies] = await Promise.all([Promise.all(answers), cut.shop.apis[victim]?.start()]);
  tries.push(asked);
  return replies;
}

function sameAnswerFaults(replies: readonly Reply[], when = "at once"): string[] {
  const statuses = new Set(replies.map(({ status }) => status));
  const faults: string[] = [];
  if ([...statuses].some((status) => status !== 200 && status !== 201)) {
    faults.push(`one key ${when} was answered ${[...statuses].join(", ")}`);
  }
  const bodies = new Set(replies.map(({ body }) => JSON.stringify(body)));
  if (bodies.size !== 1) faults.push(`one key ${when} was answered in ${bodies.size} ways`);
  const created = replies.filter(({ status }) => status === 201).length;
  if (created > 1) faults.push(`one key ${when} was answered as new ${created} times`);
  const unmarked = replies.filter(({ status, isReplayed }) => status === 200 && !isReplayed).length;
  if (unmarked > 0) faults.push(`${unmarked} repeated answers do not say so`);
  return faults;
}

function reuseFaults({ status, body }: Reply): string[] {
  if (status === 422 && codeOf(body) === "IDEMPOTENCY_KEY_REUSED") return [];
  return [`another body under the key was answered ${status} ${codeOf(body) ?? ""}`];
}

function idOf(reply: Reply | undefined): string {
  const body = reply?.body;
  return typeof body === "object" && body !== null && "id" in body ? String(body.id) : "";
}

function figuresOf(rounds: number, tries: readonly number[], cut: CutShop): Figure[] {
  const { database, http } = cut.cuts();
  return [
    count("keys", rounds),
    count(
      "requests",
      tries.reduce((total, each) => total + each, 0),
    ),
    count("answers lost between PostgreSQL and the api, after the commit", database),
    count("answers lost between the api and the asker, after the commit", http),
    count("kills -9 of an api process", tries.length),
  ];
}
