import { CuttingProxy, reservationsInPostgres, successesOverHttp } from "./cutting-proxy.ts";
import type { DrillContext } from "./drill.ts";
import type { Random } from "./random.ts";
import { inShop, type Shop } from "./shop.ts";

/** Of the answers about reservations, how many are lost on each way. */
export interface CutShares {
  readonly database: number;
  readonly http: number;
}

/** A shop whose answers get lost: from PostgreSQL to its api processes, and from those to whoever asks. */
export interface CutShop {
  readonly shop: Shop;
  /** Of the next api process that runs, by a way on which answers get lost. */
  readonly nextAddress: () => string;
  /** How many answers were lost on each way. */
  readonly cuts: () => CutShares;
  readonly setShares: (shares: CutShares) => void;
}

/** Runs `work` in a shop of `apis` processes, and no worker: whatever has to be freed is freed by who needs it. */
export async function inCutShop<Result>(
  options: { readonly apis: number; readonly shares: CutShares },
  context: DrillContext,
  work: (cut: CutShop) => Promise<Result>,
): Promise<Result> {
  const { random } = context;
  const toDatabase: CuttingProxy[] = [];
  const toApis: CuttingProxy[] = [];
  const databaseWay = async (url: string): Promise<string> => {
    const proxy = await CuttingProxy.open(addressOf(url), reservationsInPostgres, {
      random,
      share: options.shares.database,
    });
    toDatabase.push(proxy);
    const through = new URL(url);
    through.port = String(proxy.port);
    through.hostname = "127.0.0.1";
    return through.href;
  };
  try {
    return await inShop({ apis: options.apis, workers: 0, databaseWay }, context, async (shop) => {
      toApis.push(...(await openWays(shop, random, options.shares.http)));
      let turn = 0;
      const nextAddress = () => {
        const running = toApis.filter((_, index) => shop.apis[index]?.isRunning);
        const among = running.length === 0 ? toApis : running;
        turn += 1;
        return `http://127.0.0.1:${among[turn % among.length]?.port}`;
      };
      return work({
        shop,
        nextAddress,
        cuts: () => ({
          database: cutsOf(toDatabase),
          http: cutsOf(toApis),
        }),
        setShares: (shares) => {
          for (const way of toDatabase) way.share = shares.database;
          for (const way of toApis) way.share = shares.http;
        },
      });
    });
  } finally {
    for (const way of [...toApis, ...toDatabase]) await way.close();
  }
}

const cutsOf = (ways: readonly CuttingProxy[]): number => ways.reduce((total, { cuts }) => total + cuts, 0);

function openWays(shop: Shop, random: Random, share: number): Promise<CuttingProxy[]> {
  return Promise.all(
    shop.apis.map(({ url }) => CuttingProxy.open(addressOf(url), successesOverHttp, { random, share })),
  );
}

function addressOf(url: string): { readonly host: string; readonly port: number } {
  const { hostname, port } = new URL(url);
  return { host: hostname, port: Number(port) };
}
