import { dataOf, type paths } from "@bodega/sdk";
import { getRouteApi } from "@tanstack/react-router";
import { useEffect, useEffectEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../../shared/format/use-format.ts";
import { notify } from "../../../shared/problems/notify.ts";
import { client } from "../../../shared/server/client.ts";
import { once } from "../../../shared/server/idempotency.ts";
import { type DraftLine, withMore } from "../shared/draft-lines.ts";
import { useQuantity } from "../shared/quantity.ts";
import { readQuantity } from "../shared/read-quantity.ts";
import { shortagesIn } from "../shared/shortages.ts";
import { useBeginWith } from "../shared/use-begin-with.ts";
import { useDraft } from "../shared/use-draft.ts";
import { useKeyedWork } from "../shared/use-keyed-work.ts";
import { dividedLines } from "./divided-lines.ts";
import type { Place, Split } from "./line-location.ts";
import { useLinePlaces } from "./use-line-places.ts";

type NewReservation = paths["/v1/reservations"]["post"]["requestBody"]["content"]["application/json"];

const route = getRouteApi("/shell/inventory/reservations/new");

interface Draft {
  readonly lines: readonly DraftLine[];
  readonly reference: string;
  readonly seconds: string;
}

const emptyDraft: Draft = { lines: [], reference: "", seconds: "900" };
const newId = () => crypto.randomUUID();

/** The form of a reservation: its draft, which outlives a reload, where each line is taken from, and the sending of it. */
export function useNewReservation(workplace: string | null) {
  const { t } = useTranslation("inventory");
  const quantity = useQuantity();
  const format = useFormat();
  const { draft, change, forget } = useDraft("new-reservation", emptyDraft);
  const [saysAll, setSaysAll] = useState(false);
  const [reservedId, setReservedId] = useState<string | null>(null);
  const linePlaces = useLinePlaces(draft.lines, workplace);
  const work = useReserving((id) => {
    forget();
    setSaysAll(false);
    setReservedId(id);
  });
  const changeLines = (next: (lines: readonly DraftLine[]) => readonly DraftLine[]) =>
    change(({ lines }) => ({ lines: next(lines) }));
  useLinesOfAddress((added) => changeLines((lines) => withMore(lines, added, newId)));

  const short = shortagesIn(work.error);
  const problemOf = (line: DraftLine) => {
    const { product } = line;
    const { place } = linePlaces.of(line);
    const shortage = short.find(
      ({ productId, locationId }) => productId === product.id && locationId === place?.locationId,
    );
    if (shortage !== undefined) {
      return t("shared.short.line", { available: quantity.amount(shortage.available, product.unit) });
    }
    return saysAll && readQuantity(line.quantity) === null ? t("shared.lines.needed") : null;
  };
  const send = () => {
    const placed = draft.lines.map((line) => ({ line, locationId: linePlaces.of(line).place?.locationId }));
    const lines = placed.flatMap(({ line: { product, quantity: typed }, locationId }) => {
      const amount = readQuantity(typed);
      return amount === null || locationId === undefined
        ? []
        : [{ productId: product.id, locationId, quantity: amount }];
    });
    if (work.phase !== "idle" || lines.length === 0 || lines.length < draft.lines.length) return;
    // What was sent stays where it was said to be, whatever the stock is by the time of the answer.
    changeLines(() =>
      placed.map(({ line, locationId }) => (locationId === undefined ? line : { ...line, locationId })),
    );
    work.start({ lines, reference: draft.reference.trim() || null, expiresInSeconds: Number(draft.seconds) });
  };
  const sending = useOnceRead(linePlaces.isReading, send);
  return {
    draft,
    change,
    changeLines,
    work,
    problemOf,
    isWaiting: sending.isWaiting,
    submit: () => {
      setSaysAll(true);
      sending.go();
    },
    placesOf: linePlaces.of,
    choosePlace: (id: string, locationId: string) =>
      changeLines((lines) => lines.map((line) => (line.id === id ? { ...line, locationId } : line))),
    divide: (id: string, place: Place, split: Split) => {
      const write = (amount: string) => amount.replace(".", format.decimal);
      changeLines((lines) => dividedLines(lines, id, { place, split, write, newId }));
    },
    reservedId,
    again: () => setReservedId(null),
  };
}

/** Sent under its key until it is known what came of it. */
function useReserving(onReserved: (id: string) => void) {
  const { t } = useTranslation("inventory");
  return useKeyedWork<NewReservation, { readonly id: string }>({
    name: "new-reservation",
    send: (body, { idempotencyKey, signal }) =>
      dataOf(client.http.POST("/v1/reservations", { ...once(idempotencyKey), signal, body })),
    find: async (key, signal) => {
      const { items } = await dataOf(client.http.GET("/v1/reservations", { signal, params: { query: { key } } }));
      return items[0] ?? null;
    },
    takeBack: ({ id }) => client.http.POST("/v1/reservations/{id}/cancel", { params: { path: { id } }, body: {} }),
    onDone: ({ id }) => onReserved(id),
    onCancelled: () => notify({ message: t("shared.work.cancelled") }),
  });
}

/** Products that the address brings along are taken in, and the address forgets them. */
function useLinesOfAddress(add: Parameters<typeof useBeginWith>[1]): void {
  const address = route.useSearch();
  const navigate = route.useNavigate();
  useBeginWith(address, add, () => void navigate({ search: {}, replace: true }));
}

/** Whoever is faster than the stock of the last product waits for it: it says where that is taken from. */
function useOnceRead(isReading: boolean, work: () => void) {
  const [isWaiting, setIsWaiting] = useState(false);
  const run = useEffectEvent(() => {
    setIsWaiting(false);
    work();
  });
  const isDue = isWaiting && !isReading;
  useEffect(() => {
    if (isDue) run();
  }, [isDue]);
  const go = () => {
    if (isReading) setIsWaiting(true);
    else work();
  };
  return { isWaiting, go };
}
