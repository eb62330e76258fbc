import { dataOf } from "@bodega/sdk";
import { Button, Group, Stack, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { ErrorPanel } from "../../../shared/problems/error-panel.tsx";
import { notify } from "../../../shared/problems/notify.ts";
import { client } from "../../../shared/server/client.ts";
import { once } from "../../../shared/server/idempotency.ts";
import { useAction } from "../../../shared/server/use-action.ts";
import { LocationSelect } from "../picking/location-select.tsx";
import { inventoryKey } from "../shared/inventory-queries.ts";
import { useQuantity } from "../shared/quantity.ts";
import { QuantityField } from "../shared/quantity-field.tsx";
import { readQuantity, readSignedQuantity } from "../shared/read-quantity.ts";
import { useWorkplace } from "../shared/use-workplace.ts";
import { takesScan } from "./keyboard-wedge.ts";
import type { ScannedProduct } from "./scan-desk.ts";

export interface QuickMovementProps {
  readonly type: "entry" | "exit" | "adjustment";
  readonly scanned: ScannedProduct;
  readonly onClose: () => void;
}

/** One line of one product, right on its card: the quantity is chosen, Enter records it. */
export function QuickMovement({ type, scanned, onClose }: QuickMovementProps) {
  const { t } = useTranslation("inventory");
  const quantity = useQuantity();
  const { product } = scanned;
  const [locationId, setLocationId] = useWorkplace();
  const [typed, setTyped] = useState(scanned.quantity);
  const [lot, setLot] = useState(scanned.lot ?? "");
  const [expiresOn, setExpiresOn] = useState(scanned.expiresOn ?? "");
  const [saysAll, setSaysAll] = useState(false);
  const amount = type === "adjustment" ? readSignedQuantity(typed) : readQuantity(typed);
  const recording = useAction({
    name: "quick-movement",
    target: () => `${type}-${product.id}`,
    run: (line: { readonly locationId: string; readonly quantity: string }, { idempotencyKey }) =>
      dataOf(
        client.http.POST("/v1/stock/movements", {
          ...once(idempotencyKey),
          body: {
            type,
            lines: [{ ...line, productId: product.id, lot: lot || null, expiresOn: expiresOn || null }],
          },
        }),
      ),
    refreshes: [inventoryKey],
    showsError: true,
    onDone: ({ movements }) => {
      for (const { delta, locationCode, balanceAfter } of movements.slice(-1)) {
        const words = {
          change: quantity.change(delta, product.unit),
          location: locationCode,
          balance: quantity.amount(balanceAfter, product.unit),
        };
        notify({ message: t("scan.card.done", words), color: "green" });
      }
      onClose();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setSaysAll(true);
    if (amount !== null && locationId !== null) recording.mutate({ locationId, quantity: amount });
  };
  const title = t(`scan.card.${type === "adjustment" ? "adjust" : type}`);
  return (
    <form onSubmit={submit} noValidate aria-label={title}>
      <Stack gap="sm">
        <QuantityField
          label={`${title}: ${t("scan.card.quantity").toLowerCase()}`}
          size="md"
          value={typed}
          onChange={setTyped}
          unit={product.unit}
          isFocused
          error={saysAll && amount === null && t("scan.card.amountNeeded")}
        />
        <LocationSelect label={t("scan.card.location")} value={locationId ?? ""} onChange={setLocationId} />
        {type === "entry" && (
          <Group grow>
            <TextInput
              label={t("scan.card.lot")}
              value={lot}
              maxLength={100}
              onChange={(event) => setLot(event.currentTarget.value)}
              {...{ [takesScan]: "" }}
            />
            <TextInput
              label={t("scan.card.expiresOn")}
              type="date"
              value={expiresOn}
              onChange={(event) => setExpiresOn(event.currentTarget.value)}
            />
          </Group>
        )}
        {recording.error !== null && <ErrorPanel error={recording.error} attempt="writing" isCompact />}
        <Group justify="flex-end">
          <Button variant="subtle" color="gray" onClick={onClose}>
            {t("scan.card.back")}
          </Button>
          <Button type="submit" size="md" loading={recording.isPending}>
            {t("scan.card.record")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
