import { dataOf } from "@bodega/sdk";
import { Button, TextInput } from "@mantine/core";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "../../../shared/server/client.ts";
import { once } from "../../../shared/server/idempotency.ts";
import { useAction } from "../../../shared/server/use-action.ts";
import { inventoryKey, type StockLevel } from "../shared/inventory-queries.ts";
import { useQuantity } from "../shared/quantity.ts";
import { readOptionalQuantity } from "../shared/read-quantity.ts";
import styles from "./reorder-point.module.css";

export interface ReorderPointProps {
  readonly level: StockLevel;
  readonly isEditable: boolean;
}

/** From where on it is time to order: set right in the table, Enter keeps it, Esc does not. Empty: never. */
export function ReorderPoint({ level, isEditable }: ReorderPointProps) {
  const { t } = useTranslation("inventory");
  const quantity = useQuantity();
  const [typed, setTyped] = useState<string | null>(null);
  const [isRefused, setIsRefused] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const { productId, locationId, reorderPoint, maximum, name } = level;
  const isOpen = typed !== null;
  useEffect(() => {
    if (isOpen) field.current?.select();
  }, [isOpen]);
  const change = useAction({
    name: "reorder-point",
    target: ({ point }: { readonly point: string | null }) => `${productId}-${locationId}-${point}`,
    run: ({ point }, { idempotencyKey }) =>
      dataOf(
        client.http.PUT("/v1/stock/limits", {
          ...once(idempotencyKey),
          body: { productId, locationId, reorderPoint: point, maximum },
        }),
      ),
    refreshes: [inventoryKey],
  });
  const close = () => {
    setTyped(null);
    setIsRefused(false);
    // The field goes away, and with it the focus.
    requestAnimationFrame(() => button.current?.focus());
  };
  const keep = () => {
    if (typed === null) return;
    const point = readOptionalQuantity(typed);
    if (point === undefined) return setIsRefused(true);
    if (point !== reorderPoint) change.mutate({ point });
    close();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" && event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === "Enter") keep();
    else close();
  };
  // It can be undone by setting it again, so it shows before the server has answered.
  const present = change.isPending ? (change.variables?.point ?? null) : reorderPoint;
  const shown = present === null ? "–" : quantity.amount(present);
  if (!isEditable) return <>{shown}</>;
  if (typed !== null) {
    return (
      <TextInput
        ref={field}
        size="xs"
        className={styles.field}
        aria-label={t("stock.reorderPointOf", { name })}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        onBlur={() => (isRefused ? close() : keep())}
        error={isRefused}
        inputMode="decimal"
        autoComplete="off"
      />
    );
  }
  return (
    <Button
      ref={button}
      size="compact-sm"
      variant="subtle"
      color="gray"
      // Not `loading`: a button that is disabled loses the focus, and with it one's place in the table.
      aria-busy={change.isPending}
      aria-label={t("stock.reorderPointIs", { name, quantity: shown })}
      onClick={() => setTyped(reorderPoint ?? "")}
    >
      {shown}
    </Button>
  );
}
