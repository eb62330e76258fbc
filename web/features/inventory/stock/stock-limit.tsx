import { Button, TextInput } from "@mantine/core";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { compareDecimals, isZero } from "../../../shared/format/decimal.ts";
import { useFormat } from "../../../shared/format/use-format.ts";
import type { StockLevel } from "../shared/inventory-queries.ts";
import { useQuantity } from "../shared/quantity.ts";
import { readOptionalQuantity } from "../shared/read-quantity.ts";
import styles from "./stock-limit.module.css";
import { type Limits, useSetLimits } from "./use-set-limits.ts";

export interface StockLimitProps {
  readonly level: StockLevel;
  /** From where on it is time to order, or up to where is ordered. */
  readonly limit: keyof Limits;
  readonly isEditable: boolean;
}

/** A limit of a level, set right in the table: Enter keeps it, Esc does not. Empty: none. */
export function StockLimit({ level, limit, isEditable }: StockLimitProps) {
  const { t } = useTranslation("inventory");
  const quantity = useQuantity();
  const format = useFormat();
  const [typed, setTyped] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const button = useRef<HTMLButtonElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const { reorderPoint, maximum, name } = level;
  const isOpen = typed !== null;
  useEffect(() => {
    if (isOpen) field.current?.select();
  }, [isOpen]);
  const change = useSetLimits(level);
  const close = () => {
    setTyped(null);
    setProblem(null);
    // The field goes away, and with it the focus.
    requestAnimationFrame(() => button.current?.focus());
  };
  const keep = () => {
    if (typed === null) return;
    const value = readOptionalQuantity(typed);
    if (value === undefined) return setProblem(t("stock.limits.noQuantity"));
    const limits: Limits = { reorderPoint, maximum, [limit]: value };
    if (!isPossible(limits)) return setProblem(t("stock.limits.tooLittle"));
    if (value !== level[limit]) change.mutate(limits);
    close();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" && event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === "Enter") keep();
    else close();
  };
  const present = level[limit];
  const shown = present === null ? "–" : quantity.amount(present);
  if (!isEditable) return <>{shown}</>;
  if (typed !== null) {
    return (
      <TextInput
        ref={field}
        size="xs"
        className={styles.field}
        aria-label={t(`stock.limits.${limit}Of`, { name })}
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          setProblem(null);
        }}
        onKeyDown={onKeyDown}
        onBlur={() => (problem === null ? keep() : close())}
        error={problem}
        inputMode="decimal"
        autoComplete="off"
      />
    );
  }
  return (
    <Button
      ref={button}
      size="compact-sm"
      className={styles.value}
      variant="subtle"
      color="gray"
      // Not `loading`: a button that is disabled loses the focus, and with it one's place in the table.
      aria-busy={change.isPending}
      aria-label={t(`stock.limits.${limit}Is`, { name, quantity: shown })}
      onClick={() => setTyped((present ?? "").replace(".", format.decimal))}
    >
      {shown}
    </Button>
  );
}

/** As the database has it: there is a maximum or there is none, and it is no less than the reorder point. */
const isPossible = ({ reorderPoint, maximum }: Limits): boolean =>
  maximum === null || !(isZero(maximum) || compareDecimals(maximum, reorderPoint ?? "0") < 0);
