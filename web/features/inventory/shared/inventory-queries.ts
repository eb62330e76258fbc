import { type components, dataOf } from "@bodega/sdk";
import { queryOptions } from "@tanstack/react-query";
import { client } from "../../../shared/server/client.ts";

type Schemas = components["schemas"];

export type StockLevel = Schemas["StockLevel"];
export type Movement = Schemas["Movement"];
export type MovementDocument = Schemas["MovementDocument"];
export type Reservation = Omit<Schemas["StoredReservation"], "lines"> & {
  readonly lines: readonly Schemas["StoredReservation"]["lines"][number][];
};

/** Everything that is read of the inventory, under one name: an event of its topic makes what is on the screen be read anew. */
export const inventoryKey = ["inventory"] as const;

/** As many as a shop has locations. */
const levelsMax = 200;

/** One product everywhere. */
export const levelsOfProductQuery = (productId: string) =>
  queryOptions({
    queryKey: [...inventoryKey, "levels", productId],
    queryFn: ({ signal }) =>
      dataOf(client.http.GET("/v1/stock", { signal, params: { query: { productId, limit: levelsMax } } })).then(
        ({ items }) => items,
      ),
  });
