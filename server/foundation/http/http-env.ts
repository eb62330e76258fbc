import type { Principal } from "../auth/principal.ts";
import type { Logger } from "../telemetry/logger.ts";

/** What middleware leaves on a request for the routes behind it. */
export interface HttpEnv {
  readonly Bindings: import("@hono/node-server").HttpBindings;
  readonly Variables: {
    requestId: string;
    traceId: string;
    log: Logger;
    /** The caller's address, as far as `TRUSTED_PROXIES` lets it be known; null when it is not. */
    clientAddress: string | null;
    /** Set by `authorise`; absent on public routes. */
    principal: Principal;
  };
}
