import fc from "fast-check";
import { afterAll, beforeAll, test } from "vitest";
import { type TestDatabase, testDatabase } from "../../testing/test-database.ts";
import { move, movementCommands } from "./movement-commands.testing.ts";
import { reservationCommands } from "./reservation-commands.testing.ts";
import { Stock } from "./stock.testing.ts";
import { both, Model, newReal } from "./stock-model.testing.ts";

let testing: TestDatabase;
let stock: Stock;

beforeAll(async () => {
  testing = await testDatabase();
  stock = new Stock(testing.database);
});

afterAll(async () => testing.drop());

const which = fc.constantFrom(...both);
const wanted = fc.array(fc.record({ product: which, location: which, quantity: fc.integer({ min: 1, max: 4 }) }), {
  minLength: 1,
  maxLength: 3,
});

/** What is there when a sequence begins; soon it is not. */
const plenty = both.flatMap((product) => both.map((location) => ({ product, location, quantity: 6 })));

test("any sequence of moves, counts, undoings, holds and their ends leaves the books that the model says", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.commands([...reservationCommands(wanted), ...movementCommands(wanted, which)], {
        maxCommands: 60,
        size: "max",
      }),
      async (commands) => {
        const [model, real] = [new Model(), await newReal(stock)];
        await move("entry", plenty, true).run(model, real);
        await fc.asyncModelRun(() => ({ model, real }), commands);
      },
    ),
    { numRuns: 16 },
  );
}, 120_000);
