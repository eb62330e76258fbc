import { Button, CloseButton } from "@mantine/core";
import { IconTags } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../../shared/format/use-format.ts";
import { labelsAddressOf, type WantedLabels, wantedMax } from "../labels/address.ts";
import styles from "./selection-bar.module.css";

export interface SelectionBarProps {
  /** Of the selected rows, of which there are some: one label a row, since each is a shelf of its own. */
  readonly productIds: readonly string[];
  readonly onClear: () => void;
}

/** What can be done with the selected rows. */
export function SelectionBar({ productIds, onClear }: SelectionBarProps) {
  const { t } = useTranslation("inventory");
  const format = useFormat();
  const count = productIds.length;
  const wanted = wantedOf(productIds);
  const words = t("stock.selected", { count, figure: format.number(count) });
  return (
    <section className={styles.bar} aria-label={words}>
      <CloseButton size="sm" aria-label={t("stock.selectNone")} onClick={onClear} />
      <span className={styles.words} role="status">
        {words}
        {wanted.length > wantedMax && (
          <span className={styles.hint}> {t("stock.labelsMax", { figure: format.number(wantedMax) })}</span>
        )}
      </span>
      {wanted.length <= wantedMax && (
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconTags size={15} aria-hidden />}
          renderRoot={(props) => <Link to="/inventory/labels" search={labelsAddressOf(wanted)} {...props} />}
        >
          {t("stock.labels")}
        </Button>
      )}
    </section>
  );
}

function wantedOf(productIds: readonly string[]): readonly WantedLabels[] {
  const copies = new Map<string, number>();
  for (const id of productIds) copies.set(id, (copies.get(id) ?? 0) + 1);
  return [...copies].map(([productId, count]) => ({ productId, copies: count }));
}
