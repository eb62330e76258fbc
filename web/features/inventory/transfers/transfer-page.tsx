import { dataOf, type paths } from "@bodega/sdk";
import { Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { getRouteApi, Link } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { Panel } from "../../../shared/page/panel.tsx";
import { notify } from "../../../shared/problems/notify.ts";
import { client } from "../../../shared/server/client.ts";
import { once } from "../../../shared/server/idempotency.ts";
import { DoneDocument } from "../movements/done-document.tsx";
import { findDocument, undoDocument } from "../movements/movement-documents.ts";
import { LocationSelect } from "../picking/location-select.tsx";
import { useLocations } from "../picking/locations.ts";
import { type DraftLine, withMore } from "../shared/draft-lines.ts";
import type { MovementDocument } from "../shared/inventory-queries.ts";
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

type NewTransfer = paths["/v1/stock/transfers"]["post"]["requestBody"]["content"]["application/json"];

const route = getRouteApi("/shell/inventory/transfer");

interface Draft {
  readonly lines: readonly DraftLine[];
  readonly toLocationId: string;
  readonly reason: string;
}

/** From one place to another, scan after scan; the shop's total stays what it is. */
export default function TransferPage() {
  const { t } = useTranslation("inventory");
  const address = route.useSearch();
  const navigate = route.useNavigate();
  const quantity = useQuantity();
  const locations = useLocations();
  const [from, setFrom] = useWorkplace();
  const { draft, change, forget } = useDraft<Draft>("transfer", { lines: [], toLocationId: "", reason: "" });
  const [done, setDone] = useState<MovementDocument | null>(null);
  const [saysAll, setSaysAll] = useState(false);
  const changeLines = (next: (lines: readonly DraftLine[]) => readonly DraftLine[]) =>
    change(({ lines }) => ({ lines: next(lines) }));
  // The other one, where there are two.
  const to = draft.toLocationId || (locations.find(({ id }) => id !== from)?.id ?? "");

  const work = useKeyedWork<NewTransfer, MovementDocument>({
    name: "transfer",
    send: (body, { idempotencyKey, signal }) =>
      dataOf(client.http.POST("/v1/stock/transfers", { ...once(idempotencyKey), signal, body })),
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
    () => void navigate({ search: {}, replace: true }),
  );

  const short = shortagesIn(work.error);
  const problemOf = ({ product, quantity: typed }: DraftLine) => {
    const shortage = short.find(({ productId }) => productId === product.id);
    if (shortage !== undefined) {
      return t("shared.short.line", { available: quantity.amount(shortage.available, product.unit) });
    }
    return saysAll && readQuantity(typed) === null ? t("shared.lines.needed") : null;
  };
  const isSamePlace = to === from;
  const submit = () => {
    setSaysAll(true);
    const lines = draft.lines.flatMap(({ product, quantity: typed, lot }) => {
      const amount = readQuantity(typed);
      return amount === null ? [] : [{ productId: product.id, quantity: amount, lot: lot.trim() || null }];
    });
    if (work.phase !== "idle" || from === null || isSamePlace) return;
    if (lines.length === 0 || lines.length < draft.lines.length) return;
    setDone(null);
    work.start({ fromLocationId: from, toLocationId: to, lines, reason: draft.reason || null, reference: null });
  };
  const isLocked = work.phase !== "idle";
  useSubmitKey(submit);
  if (locations.length === 1) {
    return (
      <Panel title={t("transfers.title")}>
        <Text>{t("transfers.onlyOne")}</Text>
        <Link to="/inventory/locations">{t("transfers.addLocation")}</Link>
      </Panel>
    );
  }
  return (
    <Panel title={t("transfers.title")}>
      <form
        noValidate
        aria-label={t("transfers.title")}
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          submit();
        }}
      >
        <Stack gap="md">
          {done !== null && <DoneDocument document={done} onUndone={() => setDone(null)} />}
          <Group grow preventGrowOverflow={false} align="flex-start">
            <LocationSelect label={t("transfers.from")} value={from ?? ""} onChange={setFrom} isDisabled={isLocked} />
            <LocationSelect
              label={t("transfers.to")}
              value={to}
              onChange={(toLocationId) => change({ toLocationId })}
              isDisabled={isLocked}
            />
            <TextInput
              label={t("transfers.reason")}
              value={draft.reason}
              maxLength={500}
              disabled={isLocked}
              onChange={(event) => change({ reason: event.currentTarget.value })}
            />
          </Group>
          {isSamePlace && (
            <Text c="var(--bodega-bad)" role="alert">
              {t("transfers.samePlace")}
            </Text>
          )}
          <LinesEditor lines={draft.lines} onChange={changeLines} problemOf={problemOf} isLocked={isLocked} />
          <WorkStatus work={work} label={t("transfers.sending")} />
          <Group justify="flex-end">
            <Button
              type="submit"
              size="md"
              loading={work.isBusy}
              disabled={draft.lines.length === 0 || work.phase === "unknown"}
            >
              {t("transfers.submit", { count: draft.lines.length })}
            </Button>
          </Group>
        </Stack>
      </form>
    </Panel>
  );
}
