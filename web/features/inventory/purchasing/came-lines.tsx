import { ActionIcon, TextInput } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { isZero } from "../../../shared/format/decimal.ts";
import { Chip } from "../../../shared/page/chip.tsx";
import { useQuantity } from "../shared/quantity.ts";
import { QuantityField } from "../shared/quantity-field.tsx";
import styles from "./came-lines.module.css";
import { missingOf } from "./order-figures.ts";
import type { Order } from "./orders-queries.ts";
import { type CameLine, type ReceiptProblem, withLot } from "./receiving.ts";

export interface CameLinesProps {
  readonly order: Order;
  readonly came: readonly CameLine[];
  readonly onChange: (came: readonly CameLine[]) => void;
  readonly problems: ReadonlyMap<string, ReceiptProblem>;
  /** By product: how much is missing, where the server refused more. */
  readonly refused: ReadonlyMap<string, string>;
}

/** What is missing of each product, and what came of it: how many, of which lot, good until when. */
export function CameLines({ order, came, onChange, problems, refused }: CameLinesProps) {
  const { t } = useTranslation("inventory");
  const quantity = useQuantity();
  const set = (key: string, change: Partial<CameLine>) =>
    onChange(came.map((line) => (line.key === key ? { ...line, ...change } : line)));
  return (
    <ul className={styles.lines} aria-label={t("purchasing.lines")}>
      {came.map((line) => {
        const product = order.lines.find(({ productId }) => productId === line.productId);
        if (product === undefined) return null;
        const { name, sku, unit } = product;
        const missing = missingOf(product);
        const problem = problems.get(line.key);
        const error =
          problem === undefined
            ? false
            : problem.kind === "number"
              ? t("purchasing.notAQuantity")
              : t("purchasing.onlyMissing", { amount: quantity.amount(problem.missing, unit) });
        return (
          <li key={line.key} className={styles.line} data-came={line.quantity !== "" || undefined}>
            <div className={styles.product}>
              <span className={styles.name}>{name}</span>
              <span className={styles.code}>
                {sku} ·{" "}
                {isZero(missing)
                  ? t("purchasing.nothingMissing")
                  : t("purchasing.missing", { amount: quantity.amount(missing, unit) })}
              </span>
              {refused.has(line.productId) && <Chip tone="bad">{t("purchasing.someoneElse")}</Chip>}
            </div>
            <QuantityField
              label={t("purchasing.cameOf", { name })}
              isLabelHidden
              placeholder={t("purchasing.came")}
              unit={unit}
              value={line.quantity}
              onChange={(text) => set(line.key, { quantity: text })}
              error={error}
            />
            <TextInput
              aria-label={t("purchasing.lotOf", { name })}
              placeholder={t("purchasing.lot")}
              maxLength={100}
              autoComplete="off"
              data-takes-scan
              value={line.lot}
              onChange={(event) => set(line.key, { lot: event.currentTarget.value })}
            />
            <TextInput
              type="date"
              aria-label={t("purchasing.expiryOf", { name })}
              value={line.expiresOn}
              onChange={(event) => set(line.key, { expiresOn: event.currentTarget.value })}
            />
            <ActionIcon
              size="lg"
              aria-label={t("purchasing.anotherLotOf", { name })}
              title={t("purchasing.anotherLot")}
              onClick={() => onChange(withLot(came, line))}
            >
              <IconPlus size={16} aria-hidden />
            </ActionIcon>
          </li>
        );
      })}
    </ul>
  );
}
