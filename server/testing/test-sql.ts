import type pg from "pg";
import type { Database } from "../foundation/database/database.ts";

/** Plain SQL for tests, past row security; the base of what a module's tests ask of its tables and functions. */
export class TestSql {
  readonly pool: pg.Pool;

  constructor(database: Database) {
    this.pool = database.pool;
  }

  async rows<Row extends pg.QueryResultRow>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
    return (await this.pool.query<Row>(text, [...values])).rows;
  }

  async one<Row extends pg.QueryResultRow>(text: string, values: readonly unknown[] = []): Promise<Row> {
    const [row] = await this.rows<Row>(text, values);
    if (row === undefined) throw new Error(`no row: ${text}`);
    return row;
  }

  /** The column `value` of the one row. */
  async value<T>(text: string, values: readonly unknown[] = []): Promise<T> {
    return (await this.one<{ readonly value: T }>(text, values)).value;
  }
}
