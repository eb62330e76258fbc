import { readSqlFiles } from "../../foundation/database/migrate.ts";
import type { HealthCheck } from "../../foundation/module.ts";
import { listAppliedMigrations } from "../queries.ts";

/** What `/health/ready` asks besides the database itself. Cheap: balancers ask every few seconds, and anyone may. */
export const readyChecks: readonly HealthCheck[] = [
  {
    name: "migrations",
    check: async ({ database }) => {
      const wanted = await expectedMigrations();
      const applied = await listAppliedMigrations(database.db);
      const pending = wanted.filter((name) => !applied.includes(name));
      if (pending.length > 0) throw new Error(`the database lacks ${pending.join(", ")}`);
      return { applied: applied.length };
    },
  },
  {
    name: "store",
    // Whether the object is there does not matter: the store answered.
    check: async ({ store }, signal) => ({ isThere: (await store.head("probe/readiness.txt", signal)) !== null }),
  },
];

let expected: Promise<readonly string[]> | undefined;

/** The files do not change while the process runs. */
function expectedMigrations(): Promise<readonly string[]> {
  expected ??= readSqlFiles().then(({ migrations }) => migrations.map(({ name }) => name));
  return expected;
}
