import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { OpenAPIHono } from "@hono/zod-openapi";
import { createApi, openApplication, startBackground } from "../application.ts";
import { readConfig } from "../config.ts";
import type { Role } from "../foundation/auth/principal.ts";
import { addUser, hashNewPassword } from "../foundation/auth/user-accounts.ts";
import type { Database } from "../foundation/database/database.ts";
import type { Foundation } from "../foundation/foundation.ts";
import type { HttpEnv } from "../foundation/http/http-env.ts";
import { testDatabase, testLogger } from "./test-database.ts";
import { signIn, tokenOf } from "./test-http.ts";

export interface TestApplication {
  readonly app: OpenAPIHono<HttpEnv>;
  readonly foundation: Foundation;
  readonly database: Database;
  /** Of a user who was made for it and signed in; the same caller is made once. */
  readonly tokenFor: (caller: TestCaller) => Promise<string>;
  /** `app.request` with the caller's token, and `body` as JSON. */
  readonly request: (
    caller: TestCaller | null,
    method: string,
    path: string,
    body?: unknown,
    headers?: Readonly<Record<string, string>>,
  ) => Promise<Response>;
  readonly close: () => Promise<void>;
}

export interface TestCaller {
  readonly role: Role;
  /** Of the role `supplier`; default: one of their own. */
  readonly supplierId?: string;
}

/**
 * All of Bodega as `main.ts` puts it together, over a real database of its own and a folder store that is removed at the
 * end; without a socket. Jobs and schedules run only with `background`.
 */
export async function testApplication(
  options: { readonly background?: boolean; readonly environment?: Readonly<Record<string, string>> } = {},
): Promise<TestApplication> {
  const dataDir = await mkdtemp(join(tmpdir(), "bodega-application-"));
  const test = await testDatabase();
  const config = readConfig({
    NODE_ENV: "test",
    DATA_DIR: dataDir,
    DATABASE_URL: test.url,
    SHOP_TIMEZONE: "America/Argentina/Buenos_Aires",
    ...options.environment,
  });
  const opened = await openApplication(config, testLogger());
  const { foundation } = opened;
  const stops = options.background === true ? await startBackground(foundation) : [];
  const app = await createApi(foundation);
  const tokens = new Map<string, Promise<string>>();
  const tokenFor = (caller: TestCaller) => {
    const key = `${caller.role} ${caller.supplierId ?? ""}`;
    const token = tokens.get(key) ?? newToken(app, foundation, caller);
    tokens.set(key, token);
    return token;
  };
  return {
    app,
    foundation,
    database: foundation.database,
    tokenFor,
    request: async (caller, method, path, body, headers = {}) =>
      app.request(path, {
        method,
        headers: {
          ...(caller !== null && { authorization: `Bearer ${await tokenFor(caller)}` }),
          ...(body !== undefined && { "content-type": "application/json" }),
          ...headers,
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      }),
    close: async () => {
      for (const stop of [...stops].reverse()) await stop();
      await opened.close();
      await test.drop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

async function newToken(app: TestApplication["app"], foundation: Foundation, caller: TestCaller): Promise<string> {
  const password = `pass-${randomUUID()}`;
  const passwordHash = await hashNewPassword(password);
  const { email } = await foundation.database.transaction((tx) =>
    addUser(tx, {
      email: `${caller.role}-${randomUUID()}@bodega.test`,
      name: `The ${caller.role}`,
      role: caller.role,
      supplierId: caller.role === "supplier" ? (caller.supplierId ?? randomUUID()) : null,
      passwordHash,
    }),
  );
  return tokenOf(app, await signIn(app, email, password));
}
