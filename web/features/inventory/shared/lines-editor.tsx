import { ActionIcon, Text, TextInput, VisuallyHidden } from "@mantine/core";
import { IconBarcode, IconTrash } from "@tabler/icons-react";
import { type ReactNode, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { Empty } from "../../../shared/page/empty.tsx";
import { ProductPicker } from "../picking/product-picker.tsx";
import { takesScan } from "../scan/keyboard-wedge.ts";
import { useScanner } from "../scan/use-scanner.ts";
import { type Added, type DraftLine, withMore } from "./draft-lines.ts";
import styles from "./lines-editor.module.css";
import { QuantityField } from "./quantity-field.tsx";

export interface LinesEditorProps {
  readonly lines: readonly DraftLine[];
  readonly onChange: (change: (lines: readonly DraftLine[]) => readonly DraftLine[]) => void;
  /** What is wrong with a line, in words; null: nothing. */
  readonly problemOf: (line: DraftLine) => string | null;
  /** Lot and expiry can be said. */
  readonly hasLots?: boolean;
  /** Where a line is taken from, where lines say that each for itself. */
  readonly placeOf?: (line: DraftLine) => ReactNode;
  /** What is being sent stays as it is. */
  readonly isLocked?: boolean;
}

/** Products and how much of each: every scan adds, so does the search; the last is on top. */
export function LinesEditor(props: LinesEditorProps) {
  const { lines, onChange, problemOf, hasLots = false, placeOf, isLocked = false } = props;
  const { t } = useTranslation("inventory");
  const list = useRef<HTMLDivElement>(null);
  const focusWanted = useRef<string | null>(null);
  const add = (added: Added) => onChange((present) => withMore(present, added, () => crypto.randomUUID()));
  useScanner(add, { isEnabled: !isLocked });
  const pick = (product: Added["product"]) => {
    focusWanted.current = product.id;
    add({ product, quantity: "1" });
  };
  useEffect(() => {
    if (focusWanted.current === null) return;
    const field = list.current?.querySelector<HTMLInputElement>(`[data-product="${focusWanted.current}"] input`);
    if (field == null) return;
    focusWanted.current = null;
    field.focus();
  });
  const set = (id: string, change: Partial<DraftLine>) =>
    onChange((present) => present.map((line) => (line.id === id ? { ...line, ...change } : line)));
  const backToPicker = () => list.current?.querySelector<HTMLInputElement>("[data-picker] input")?.focus();
  return (
    <div ref={list} className={styles.editor}>
      <fieldset className={styles.picker} data-picker disabled={isLocked}>
        <ProductPicker label={t("shared.lines.add")} onPick={pick} />
      </fieldset>
      {lines.length === 0 ? (
        <Empty icon={IconBarcode} title={t("shared.lines.empty")}>
          {t("shared.lines.emptyText")}
        </Empty>
      ) : (
        <ol className={styles.lines} aria-label={t("shared.lines.label")}>
          {lines.map((line) => {
            const { id, product } = line;
            const problem = problemOf(line);
            return (
              <li
                key={id}
                className={styles.line}
                data-product={product.id}
                data-lots={hasLots || undefined}
                data-places={placeOf !== undefined || undefined}
              >
                <div className={styles.name}>
                  <Text fw={500}>{product.name}</Text>
                  <Text size="xs" c="dimmed">
                    {product.sku}
                  </Text>
                </div>
                {placeOf?.(line)}
                <div className={styles.quantity}>
                  <QuantityField
                    label={t("shared.lines.quantityOf", { name: product.name })}
                    isLabelHidden
                    value={line.quantity}
                    onChange={(quantity) => set(id, { quantity })}
                    unit={product.unit}
                    isDisabled={isLocked}
                    error={problem !== null}
                    // For the next product; with Ctrl, Enter sends the form as from anywhere.
                    onEnter={backToPicker}
                  />
                </div>
                {hasLots && (
                  <>
                    <TextInput
                      aria-label={t("shared.lines.lotOf", { name: product.name })}
                      placeholder={t("shared.lines.lot")}
                      value={line.lot}
                      maxLength={100}
                      disabled={isLocked}
                      onChange={(event) => set(id, { lot: event.currentTarget.value })}
                      {...{ [takesScan]: "" }}
                    />
                    <TextInput
                      type="date"
                      aria-label={t("shared.lines.expiresOf", { name: product.name })}
                      value={line.expiresOn}
                      disabled={isLocked}
                      onChange={(event) => set(id, { expiresOn: event.currentTarget.value })}
                    />
                  </>
                )}
                <ActionIcon
                  className={styles.remove}
                  aria-label={t("shared.lines.remove", { name: product.name })}
                  disabled={isLocked}
                  onClick={() => onChange((present) => present.filter((each) => each.id !== id))}
                >
                  <IconTrash size={18} aria-hidden />
                </ActionIcon>
                {problem !== null && (
                  <Text className={styles.problem} size="xs" role="alert">
                    <VisuallyHidden>{product.name}: </VisuallyHidden>
                    {problem}
                  </Text>
                )}
              </li>
            );
          })}
        </ol>
      )}
    </div>
  );
}
