import { breaker } from "./breaker.ts";
import { clientGone } from "./client-gone.ts";
import type { Drill } from "./drill.ts";
import { eventStream } from "./event-stream.ts";
import { freezeWorker } from "./freeze-worker.ts";
import { killApi } from "./kill-api.ts";
import { killDatabase } from "./kill-database.ts";
import { killWorker } from "./kill-worker.ts";
import { oversell } from "./oversell.ts";
import { poison } from "./poison.ts";
import { providers } from "./providers.ts";
import { races } from "./races.ts";
import { sameKey } from "./same-key.ts";
import { storeFaults } from "./store-faults.ts";

/** Every drill there is; nothing else lists them. */
export const drills: readonly Drill[] = [
  killWorker,
  freezeWorker,
  killApi,
  killDatabase,
  storeFaults,
  clientGone,
  races,
  eventStream,
  poison,
  oversell,
  sameKey,
  breaker,
  providers,
];
