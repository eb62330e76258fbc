import { setTimeout as pause } from "node:timers/promises";
import { Customer } from "./customer.ts";
import { count, type Drill } from "./drill.ts";
import { EventReader } from "./event-reader.ts";
import { forEach, until, upTo } from "./patience.ts";
import { listEvents, type NumberedEvent, publishEvent } from "./queries.ts";
import { seededRandom } from "./random.ts";
import { inShop, type Shop } from "./shop.ts";

const writersAtOnce = 6;
const holdMsMax = 60;
const rollbackShare = 0.05;
const waitMsMax = 120_000;

/** A transaction that publishes, keeps others waiting for nothing, and commits or not. */
interface Write {
  readonly number: number;
  readonly holdMs: number;
  readonly isRolledBack: boolean;
}

class RolledBack extends Error {}

export const eventStream: Drill = {
  name: "event-stream",
  promise: "Readers that are cut and resume anywhere see every committed event once and in one order.",

  async run(context) {
    const { random, isQuick, tell } = context;
    const readers = isQuick ? 8 : 20;
    const events = isQuick ? 200 : 2_000;
    const eventsPerLine = isQuick ? 40 : 200;
    const plan = upTo(events).map((number): Write => {
      return { number, holdMs: random.whole(0, holdMsMax), isRolledBack: random.next() < rollbackShare };
    });
    const seeds = upTo(readers).map(() => random.whole(1, 2 ** 31));
    const killsApi = !isQuick;
    tell(
      `${events} transactions publish and stay open for 0 to ${holdMsMax} ms, ${writersAtOnce} at a time; some roll back.`,
    );
    tell(`${readers} readers over 2 api processes, each cut after 1 to ${eventsPerLine} events again and again`);
    if (killsApi) tell("in the middle, an api process is killed -9 and comes back");

    return inShop({ apis: 2, workers: 0 }, context, async (shop) => {
      const customer = new Customer(shop);
      const following = seeds.map((seed) => new EventReader(customer, seededRandom(seed)));
      const running = following.map((reader) => reader.follow(eventsPerLine));
      let restarted = Promise.resolve();
      await forEach(plan, writersAtOnce, async (write) => {
        if (killsApi && write.number === Math.floor(events / 2)) restarted = restartApi(shop);
        await commitOrNot(shop, write);
      });
      await restarted;
      const published = plan.filter(({ isRolledBack }) => !isRolledBack).length;
      await until("every event had its position", waitMsMax, async () => {
        return (await listEvents(shop.database.db)).every(({ position }) => position !== null);
      });
      const stream = await listEvents(shop.database.db);
      const last = stream.at(-1)?.position ?? 0;
      await until("every reader had come to the end", waitMsMax, async () => {
        return following.every((reader) => (reader.seen.at(-1)?.position ?? 0) >= last);
      }).catch((error: Error) => tell(error.message));
      for (const reader of following) reader.end();
      await Promise.all(running);
      const violations = following.flatMap((reader, index) => readerFaults(`reader ${index + 1}`, reader, stream));
      if (stream.length !== published)
        violations.push(`${published} events were committed, ${stream.length} are there`);
      const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
      const figures = [
        count("events committed", published),
        count("readers", readers),
        count("cuts", sum(following.map(({ cuts }) => cuts))),
        count("connections refused or broken", sum(following.map(({ refusals }) => refusals))),
        count("events read", sum(following.map(({ seen }) => seen.length))),
        count("transactions that committed before an earlier one", overtaken(stream)),
      ];
      return { figures, violations };
    });
  },
};

async function commitOrNot(shop: Shop, { number, holdMs, isRolledBack }: Write): Promise<void> {
  try {
    await shop.database.transaction(async (tx) => {
      await publishEvent(tx, { phase: "drill", number });
      await pause(holdMs);
      if (isRolledBack) throw new RolledBack();
    });
  } catch (error) {
    if (!(error instanceof RolledBack)) throw error;
  }
}

async function restartApi(shop: Shop): Promise<void> {
  await shop.apis[0]?.kill();
  await shop.apis[0]?.start();
}

function readerFaults(name: string, reader: EventReader, stream: readonly NumberedEvent[]): string[] {
  const seen = reader.seen.map(({ id }) => id);
  const expected = stream.map(({ id }) => id);
  if (seen.length === expected.length && seen.every((id, index) => id === expected[index])) return [];
  const distinct = new Set(seen);
  const missed = expected.filter((id) => !distinct.has(id)).length;
  const doubled = seen.length - distinct.size;
  return [
    `${name} saw ${seen.length} events of ${expected.length}: ${missed} missed, ${doubled} doubled, or out of order`,
  ];
}

/** Ids are given in the order of the calls, positions in that of the commits. */
function overtaken(stream: readonly NumberedEvent[]): number {
  let latest = "";
  let late = 0;
  for (const { id } of stream) {
    if (id < latest) late += 1;
    else latest = id;
  }
  return late;
}
