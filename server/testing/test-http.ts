import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readConfig } from "../config.ts";
import { Authenticator } from "../foundation/auth/authenticator.ts";
import { createIdentity, type Identity } from "../foundation/auth/identity.ts";
import type { Role } from "../foundation/auth/principal.ts";
import type { UserRow } from "../foundation/auth/queries.ts";
import { addUser, hashNewPassword } from "../foundation/auth/user-accounts.ts";
import { createHttpApp, type HttpFoundation, type HttpModule } from "../foundation/http/http-app.ts";
import { Incidents } from "../foundation/incidents/incidents.ts";
import { RateLimiter } from "../foundation/resilience/rate-limiter.ts";
import { Settings } from "../foundation/settings/settings.ts";
import { createLogger } from "../foundation/telemetry/logger.ts";
import { Metrics } from "../foundation/telemetry/metrics.ts";
import { startTracing } from "../foundation/telemetry/tracing.ts";
import { type TestDatabase, testDatabase } from "./test-database.ts";

export interface TestFoundation extends HttpFoundation {
  readonly authenticator: Authenticator;
  readonly limiter: RateLimiter;
  readonly settings: Settings;
}

export interface TestHttp {
  readonly app: ReturnType<typeof createHttpApp>;
  readonly foundation: TestFoundation;
  readonly identity: Identity;
  readonly test: TestDatabase;
  /** Every log line so far. */
  readonly logged: readonly Readonly<Record<string, unknown>>[];
  /** A user of their own, and the means to be them. */
  readonly addUser: (role: Role) => Promise<TestUser>;
  readonly close: () => Promise<void>;
}

export interface TestUser {
  readonly row: UserRow;
  readonly password: string;
  readonly cookie: string;
  readonly token: string;
}

export const testSecret = "a secret that is only for tests, 32+";

/** The real HTTP app over a real database of its own, with the embedded identity. */
export async function testHttp(
  options: {
    readonly modules?: readonly HttpModule<TestFoundation>[];
    readonly environment?: Readonly<Record<string, string>>;
  } = {},
): Promise<TestHttp> {
  const dataDir = await mkdtemp(join(tmpdir(), "bodega-http-"));
  const test = await testDatabase();
  const logged: Record<string, unknown>[] = [];
  const log = createLogger({ level: "debug" }, { write: (line: string) => logged.push(JSON.parse(line)) });
  const config = readConfig({ DATA_DIR: dataDir, NODE_ENV: "test", ...options.environment });
  const tracing = startTracing({ otlpEndpoint: null, version: "0.0.0" });
  const { database } = test;
  const base = { config, log, database, metrics: new Metrics({ withProcess: false }) };
  const foundation: TestFoundation = {
    ...base,
    authenticator: new Authenticator(base),
    limiter: new RateLimiter(base),
    settings: new Settings({ database, log, incidents: new Incidents({ database }) }),
  };
  const identity = await createIdentity(foundation, testSecret);
  const app = createHttpApp({ foundation, modules: options.modules ?? [], identity, version: "0.0.0" });
  return {
    app,
    foundation,
    identity,
    test,
    logged,
    addUser: (role) => newUser(app, database, role),
    close: async () => {
      await tracing.close();
      await test.drop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

async function newUser(app: TestHttp["app"], database: TestDatabase["database"], role: Role): Promise<TestUser> {
  const password = `pass-${randomUUID()}`;
  const passwordHash = await hashNewPassword(password);
  const row = await database.transaction((tx) =>
    addUser(tx, {
      email: `${role}-${randomUUID()}@bodega.test`,
      name: `The ${role}`,
      role,
      supplierId: role === "supplier" ? randomUUID() : null,
      passwordHash,
    }),
  );
  const cookie = await signIn(app, row.email, password);
  return { row, password, cookie, token: await tokenOf(app, cookie) };
}

/** The session cookie, as a browser would send it. Throws when the sign-in is refused. */
export async function signIn(app: TestHttp["app"], email: string, password: string): Promise<string> {
  const answer = await app.request("/auth/sign-in/email", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ email, password }),
  });
  if (answer.status !== 200) throw new Error(`signing in was answered ${answer.status}: ${await answer.text()}`);
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(";")[0])
    .join("; ");
}

export async function tokenOf(app: TestHttp["app"], cookie: string): Promise<string> {
  const answer = await app.request("/auth/token", { headers: { cookie } });
  const body: unknown = await answer.json();
  if (typeof body === "object" && body !== null && "token" in body && typeof body.token === "string") return body.token;
  throw new Error(`no token: ${answer.status} ${JSON.stringify(body)}`);
}
