import { ActionIcon, Group, NumberInput, Text } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Chip } from "../../../shared/page/chip.tsx";
import { copiesMax } from "./address.ts";
import { type Barcode, moduleWidth } from "./barcode.ts";
import type { LabelFormat } from "./label-formats.ts";
import styles from "./label-list.module.css";
import type { useLabelList } from "./use-label-list.ts";

export interface LabelListProps {
  readonly list: ReturnType<typeof useLabelList>;
  readonly barcodes: ReadonlyMap<string, Barcode | null> | null;
  readonly format: LabelFormat;
}

/** What will be printed, and how often. */
export function LabelList({ list, barcodes, format }: LabelListProps) {
  const { t } = useTranslation("inventory");
  const width = format.label.width - 2 * format.padding;
  const trouble = (productId: string) => {
    if (barcodes === null) return null;
    const barcode = barcodes.get(productId) ?? null;
    if (barcode === null) return t("labels.noBarcode");
    return moduleWidth(barcode, width, format.dot) === null ? t("labels.tooLong") : null;
  };
  return (
    <ul className={styles.list} aria-label={t("labels.list")}>
      {list.orders.map(({ product, copies }) => {
        const why = trouble(product.id);
        return (
          <li key={product.id} className={styles.item}>
            <div className={styles.words}>
              <Text className={styles.name}>{product.name}</Text>
              <Text size="xs" c="dimmed" className={styles.name}>
                {product.gtin ?? product.sku}
              </Text>
              {why !== null && <Chip tone="warning">{why}</Chip>}
            </div>
            <Group gap={4} wrap="nowrap">
              <NumberInput
                aria-label={t("labels.copiesOf", { name: product.name })}
                w="5.5rem"
                min={0}
                max={copiesMax}
                clampBehavior="strict"
                allowDecimal={false}
                value={copies}
                onChange={(value) => list.setCopies(product.id, Number(value) || 0)}
              />
              <ActionIcon
                aria-label={t("labels.removeOf", { name: product.name })}
                onClick={() => list.remove(product.id)}
              >
                <IconX size={16} aria-hidden />
              </ActionIcon>
            </Group>
          </li>
        );
      })}
    </ul>
  );
}
