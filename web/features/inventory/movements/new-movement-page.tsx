import { dataOf, type paths } from "@bodega/sdk";
import { Button, Group, SegmentedControl, Stack, TextInput } from "@mantine/core";
import { getRouteApi } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { Panel } from "../../../shared/page/panel.tsx";
import { notify } from "../../../shared/problems/notify.ts";
import { client } from "../../../shared/server/client.ts";
import { once } from "../../../shared/server/idempotency.ts";
import { LocationSelect } from "../picking/location-select.tsx";
import { type DraftLine, withMore } from "../shared/draft-lines.ts";
import type { MovementDocument } from "../shared/inventory-queries.ts";
import { LinesEditor } from "../shared/lines-editor.tsx";
import { useQuantity } from "../shared/quantity.ts";
import { readQuantity, readSignedQuantity } from "../shared/read-quantity.ts";
import { shortagesIn } from "../shared/shortages.ts";
import { useBeginWith } from "../shared/use-begin-with.ts";
import { useDraft } from "../shared/use-draft.ts";
import { useKeyedWork } from "../shared/use-keyed-work.ts";
import { useSubmitKey } from "../shared/use-submit-key.ts";
import { useWorkplace } from "../shared/use-workplace.ts";
import { WorkStatus } from "../shared/work-status.tsx";
import { type NewMovementType, newMovementTypes } from "./address.ts";
import { DoneDocument } from "./done-document.tsx";
import { findDocument, undoDocument } from "./movement-documents.ts";

type NewMovement = paths["/v1/stock/movements"]["post"]["requestBody"]["content"]["application/json"];

const route = getRouteApi("/shell/inventory/movements/new");

interface Draft {
  readonly lines: readonly DraftLine[];
  readonly reason: string;
  readonly reference: string;
}

/** An entry, an exit or an adjustment, scan after scan. */
export default function NewMovementPage() {
  const { t } = useTranslation("inventory");
  const address = route.useSearch();
  const navigate = route.useNavigate();
  const quantity = useQuantity();
  const type = address.type ?? "entry";
  const [locationId, setLocationId] = useWorkplace();
  const { draft, change, forget } = useDraft<Draft>("new-movement", { lines: [], reason: "", reference: "" });
  const [done, setDone] = useState<MovementDocument | null>(null);
  const [saysAll, setSaysAll] = useState(false);
  const changeLines = (next: (lines: readonly DraftLine[]) => readonly DraftLine[]) =>
    change(({ lines }) => ({ lines: next(lines) }));

  const work = useKeyedWork<NewMovement, MovementDocument>({
    name: "new-movement",
    send: (body, { idempotencyKey, signal }) =>
      dataOf(client.http.POST("/v1/stock/movements", { ...once(idempotencyKey), signal, body })),
    find: findDocument,
    takeBack: undoDocument,
    onDone: (document) => {
      forget();
      setSaysAll(false);
      setDone(document);
    },
    onCancelled: () => notify({ message: t("shared.work.cancelled") }),
  });
  useBeginWith(
    address,
    (added) => changeLines((lines) => withMore(lines, added, () => crypto.randomUUID())),
    () => void navigate({ search: type === "entry" ? {} : { type }, replace: true }),
  );

  const read = type === "adjustment" ? readSignedQuantity : readQuantity;
  const short = shortagesIn(work.error);
  const problemOf = ({ product, quantity: typed }: DraftLine) => {
    const shortage = short.find(({ productId }) => productId === product.id);
    if (shortage !== undefined) {
      return t("shared.short.line", { available: quantity.amount(shortage.available, product.unit) });
    }
    return saysAll && read(typed) === null
      ? t(type === "adjustment" ? "movements.signedNeeded" : "shared.lines.needed")
      : null;
  };
  const submit = () => {
    setSaysAll(true);
    const lines = draft.lines.flatMap((line) => {
      const amount = read(line.quantity);
      return amount === null || locationId === null ? [] : [lineOf(line, locationId, amount)];
    });
    if (work.isBusy || work.phase === "unknown" || lines.length === 0 || lines.length < draft.lines.length) return;
    setDone(null);
    work.start({ type, lines, reason: draft.reason || null, reference: draft.reference || null });
  };
  const isLocked = work.phase !== "idle";
  useSubmitKey(submit);
  return (
    <Panel
      title={t("movements.title")}
      aside={
        <SegmentedControl<NewMovementType>
          aria-label={t("movements.type")}
          value={type}
          disabled={isLocked}
          onChange={(value) => void navigate({ search: value === "entry" ? {} : { type: value }, replace: true })}
          data={newMovementTypes.map((value) => ({ value, label: t(`movements.types.${value}`) }))}
        />
      }
    >
      <form
        noValidate
        aria-label={t("movements.title")}
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          submit();
        }}
      >
        <Stack gap="md">
          {done !== null && <DoneDocument document={done} onUndone={() => setDone(null)} />}
          <Group grow preventGrowOverflow={false} align="flex-start">
            <LocationSelect
              label={t("movements.location")}
              value={locationId ?? ""}
              onChange={setLocationId}
              isDisabled={isLocked}
            />
            <TextInput
              label={t("movements.reason")}
              placeholder={t(`movements.reasons.${type}`)}
              value={draft.reason}
              maxLength={500}
              disabled={isLocked}
              onChange={(event) => change({ reason: event.currentTarget.value })}
            />
            <TextInput
              label={t("movements.reference")}
              placeholder={t("movements.referenceHint")}
              value={draft.reference}
              maxLength={200}
              disabled={isLocked}
              onChange={(event) => change({ reference: event.currentTarget.value })}
            />
          </Group>
          <LinesEditor
            lines={draft.lines}
            onChange={changeLines}
            problemOf={problemOf}
            hasLots={type !== "exit"}
            isLocked={isLocked}
          />
          <WorkStatus work={work} label={t("movements.sending")} />
          <Group justify="flex-end">
            <Button
              type="submit"
              size="md"
              loading={work.isBusy}
              disabled={draft.lines.length === 0 || work.phase === "unknown"}
            >
              {t(`movements.submit.${type}`, { count: draft.lines.length })}
            </Button>
          </Group>
        </Stack>
      </form>
    </Panel>
  );
}

const lineOf = ({ product, lot, expiresOn }: DraftLine, locationId: string, quantity: string) => ({
  productId: product.id,
  locationId,
  quantity,
  lot: lot.trim() || null,
  expiresOn: expiresOn || null,
});
