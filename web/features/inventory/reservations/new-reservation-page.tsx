import { dataOf, type paths } from "@bodega/sdk";
import { Button, Group, NativeSelect, Stack, Text, TextInput } from "@mantine/core";
import { getRouteApi } from "@tanstack/react-router";
import { type FormEvent, useEffect, useEffectEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../../shared/format/use-format.ts";
import { Panel } from "../../../shared/page/panel.tsx";
import { notify } from "../../../shared/problems/notify.ts";
import { client } from "../../../shared/server/client.ts";
import { once } from "../../../shared/server/idempotency.ts";
import { LocationSelect } from "../picking/location-select.tsx";
import { type DraftLine, withMore } from "../shared/draft-lines.ts";
import { LinesEditor } from "../shared/lines-editor.tsx";
import { useQuantity } from "../shared/quantity.ts";
import { readQuantity } from "../shared/read-quantity.ts";
import { shortagesIn } from "../shared/shortages.ts";
import { useBeginWith } from "../shared/use-begin-with.ts";
import { useDraft } from "../shared/use-draft.ts";
import { useKeyedWork } from "../shared/use-keyed-work.ts";
import { useSubmitKey } from "../shared/use-submit-key.ts";
import { useWorkplace } from "../shared/use-workplace.ts";
import { WorkStatus } from "../shared/work-status.tsx";
import { dividedLines } from "./divided-lines.ts";
import { LinePlace } from "./line-place.tsx";
import { ReservedNow } from "./reserved-now.tsx";
import { useLinePlaces } from "./use-line-places.ts";

type NewReservation = paths["/v1/reservations"]["post"]["requestBody"]["content"]["application/json"];

const route = getRouteApi("/shell/inventory/reservations/new");
const durations = ["900", "3600", "14400", "86400", "604800"] as const;

interface Draft {
  readonly lines: readonly DraftLine[];
  readonly reference: string;
  readonly seconds: string;
}

const emptyDraft: Draft = { lines: [], reference: "", seconds: "900" };

/**
 * Puts goods aside, all lines or none. It is not shown as done before the server says so; a second click, a reload or an
 * answer that got lost make no second reservation.
 */
export default function NewReservationPage() {
  const { t } = useTranslation("inventory");
  const address = route.useSearch();
  const navigate = route.useNavigate();
  const quantity = useQuantity();
  const format = useFormat();
  const [workplace, setWorkplace] = useWorkplace();
  const { draft, change, forget } = useDraft("new-reservation", emptyDraft);
  const [saysAll, setSaysAll] = useState(false);
  const [reservedId, setReservedId] = useState<string | null>(null);
  const [isWaiting, setIsWaiting] = useState(false);
  const changeLines = (next: (lines: readonly DraftLine[]) => readonly DraftLine[]) =>
    change(({ lines }) => ({ lines: next(lines) }));

  const work = useKeyedWork<NewReservation, { readonly id: string }>({
    name: "new-reservation",
    send: (body, { idempotencyKey, signal }) =>
      dataOf(client.http.POST("/v1/reservations", { ...once(idempotencyKey), signal, body })),
    find: async (key, signal) => {
      const { items } = await dataOf(client.http.GET("/v1/reservations", { signal, params: { query: { key } } }));
      return items[0] ?? null;
    },
    takeBack: ({ id }) => client.http.POST("/v1/reservations/{id}/cancel", { params: { path: { id } }, body: {} }),
    onDone: ({ id }) => {
      forget();
      setSaysAll(false);
      setReservedId(id);
    },
    onCancelled: () => notify({ message: t("shared.work.cancelled") }),
  });
  useBeginWith(
    address,
    (added) => changeLines((lines) => withMore(lines, added, () => crypto.randomUUID())),
    () => void navigate({ search: {}, replace: true }),
  );

  const linePlaces = useLinePlaces(draft.lines, workplace);
  const setLine = (id: string, change: Partial<DraftLine>) =>
    changeLines((lines) => lines.map((line) => (line.id === id ? { ...line, ...change } : line)));
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
  const submit = () => {
    setSaysAll(true);
    const placed = draft.lines.map((line) => ({ line, locationId: linePlaces.of(line).place?.locationId }));
    const lines = placed.flatMap(({ line: { product, quantity: typed }, locationId }) => {
      const amount = readQuantity(typed);
      return amount === null || locationId === undefined
        ? []
        : [{ productId: product.id, locationId, quantity: amount }];
    });
    setIsWaiting(linePlaces.isReading);
    if (linePlaces.isReading || work.phase !== "idle" || lines.length === 0 || lines.length < draft.lines.length)
      return;
    // What was sent stays where it was said to be, whatever the stock is by the time of the answer.
    changeLines(() =>
      placed.map(({ line, locationId }) => (locationId === undefined ? line : { ...line, locationId })),
    );
    work.start({ lines, reference: draft.reference.trim() || null, expiresInSeconds: Number(draft.seconds) });
  };
  // Whoever was faster than the stock of the last product waits for it: it says where that is taken from.
  const go = useEffectEvent(submit);
  const isDue = isWaiting && !linePlaces.isReading;
  useEffect(() => {
    if (isDue) go();
  }, [isDue]);
  const isLocked = work.phase !== "idle";
  useSubmitKey(submit);
  if (reservedId !== null) return <ReservedNow id={reservedId} onAgain={() => setReservedId(null)} />;
  return (
    <Panel title={t("reservations.new")}>
      <form
        noValidate
        aria-label={t("reservations.new")}
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          submit();
        }}
      >
        <Stack gap="md">
          <Group grow preventGrowOverflow={false} align="flex-start">
            <TextInput
              label={t("reservations.form.reference")}
              placeholder={t("reservations.form.referenceHint")}
              value={draft.reference}
              maxLength={200}
              disabled={isLocked}
              onChange={(event) => change({ reference: event.currentTarget.value })}
            />
            <LocationSelect
              label={t("reservations.form.location")}
              value={workplace ?? ""}
              onChange={setWorkplace}
              isDisabled={isLocked}
            />
            <NativeSelect
              label={t("reservations.form.duration")}
              value={draft.seconds}
              disabled={isLocked}
              onChange={({ currentTarget: { value } }) => change({ seconds: value })}
              data={durations.map((value) => ({ value, label: t(`reservations.form.durations.${value}`) }))}
            />
          </Group>
          <LinesEditor
            lines={draft.lines}
            onChange={changeLines}
            problemOf={problemOf}
            placeOf={(line) => {
              const { places, place } = linePlaces.of(line);
              return (
                <LinePlace
                  line={line}
                  places={places}
                  place={place}
                  isLocked={isLocked}
                  onChoose={(locationId) => setLine(line.id, { locationId })}
                  onSplit={(split) => {
                    if (place === null) return;
                    const write = (amount: string) => amount.replace(".", format.decimal);
                    const newId = () => crypto.randomUUID();
                    changeLines((lines) => dividedLines(lines, line.id, { place, split, write, newId }));
                  }}
                />
              );
            }}
            isLocked={isLocked}
          />
          {work.isBusy && (
            <Text fw={600} role="status">
              {t("reservations.form.sending")}
            </Text>
          )}
          <WorkStatus work={work} label={t("reservations.form.sending")} />
          <Group justify="flex-end">
            <Button
              type="submit"
              size="md"
              loading={work.isBusy || isWaiting}
              disabled={draft.lines.length === 0 || work.phase === "unknown"}
            >
              {t("reservations.form.submit", { count: draft.lines.length })}
            </Button>
          </Group>
        </Stack>
      </form>
    </Panel>
  );
}
