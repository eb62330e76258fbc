import { ActionIcon, TextInput } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { addDecimals, isZero, readDecimal } from "../../../shared/format/decimal.ts";
import { QuantityField } from "../shared/quantity-field.tsx";
import styles from "./order-editor.module.css";

/** A line of a draft, as it is typed. */
export interface DraftLine {
  readonly productId: string;
  readonly sku: string;
  readonly name: string;
  readonly unit: string;
  readonly quantity: string;
  /** "": not known. */
  readonly unitCost: string;
}

interface Added {
  readonly id: string;
  readonly sku: string;
  readonly name: string;
  readonly unit: string;
  readonly cost: string | null;
}

/** More of a product that is there, or a line for it. */
export function withProduct(lines: readonly DraftLine[], product: Added, quantity: string): readonly DraftLine[] {
  const isThere = lines.some(({ productId }) => productId === product.id);
  if (!isThere) {
    const { id, sku, name, unit, cost } = product;
    return [...lines, { productId: id, sku, name, unit, quantity, unitCost: cost ?? "" }];
  }
  return lines.map((line) =>
    line.productId === product.id
      ? { ...line, quantity: addDecimals(readDecimal(line.quantity, 3) ?? "0", quantity) }
      : line,
  );
}

export interface DraftLinesProps {
  readonly lines: readonly DraftLine[];
  readonly onChange: (lines: readonly DraftLine[]) => void;
  /** Whether what is wrong is said before anybody touched it. */
  readonly saysAll: boolean;
}

export function DraftLines({ lines, onChange, saysAll }: DraftLinesProps) {
  const { t } = useTranslation("inventory");
  const set = (productId: string, change: Partial<DraftLine>) =>
    onChange(lines.map((line) => (line.productId === productId ? { ...line, ...change } : line)));
  return (
    <ul className={styles.lines} aria-label={t("purchasing.lines")}>
      {lines.map(({ productId, name, sku, unit, quantity, unitCost }) => {
        const read = readDecimal(quantity, 3);
        const isWrong = (saysAll || quantity !== "") && (read === null || isZero(read));
        const isCostWrong = unitCost.trim() !== "" && readDecimal(unitCost, 4) === null;
        return (
          <li key={productId} className={styles.line}>
            <div className={styles.product}>
              <span className={styles.name}>{name}</span>
              <span className={styles.code}>{sku}</span>
            </div>
            <QuantityField
              label={t("purchasing.quantityOf", { name })}
              isLabelHidden
              unit={unit}
              value={quantity}
              onChange={(text) => set(productId, { quantity: text })}
              error={isWrong && t("purchasing.notAQuantity")}
            />
            <TextInput
              aria-label={t("purchasing.costOf", { name })}
              placeholder={t("purchasing.columns.unitCost")}
              inputMode="decimal"
              value={unitCost}
              onChange={(event) => set(productId, { unitCost: event.currentTarget.value })}
              error={isCostWrong && t("purchasing.notAnAmount")}
            />
            <ActionIcon
              size="lg"
              aria-label={t("purchasing.removeOf", { name })}
              onClick={() => onChange(lines.filter((line) => line.productId !== productId))}
            >
              <IconX size={16} aria-hidden />
            </ActionIcon>
          </li>
        );
      })}
    </ul>
  );
}
