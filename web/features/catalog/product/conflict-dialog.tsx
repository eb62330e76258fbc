import { type Product, type ProductChange, type ProductFormValues, productFormFields } from "@bodega/sdk";
import { Button, Group, Modal, Radio, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import styles from "./conflict-dialog.module.css";
import { useFieldText } from "./field-text.ts";
import type { SaveConflict } from "./use-save.ts";

type Field = keyof ProductFormValues;

export interface ConflictDialogProps {
  readonly conflict: SaveConflict;
  readonly onClose: () => void;
  /** What is left to save on top of what there is now. */
  readonly onChoose: (change: ProductChange, conflict: SaveConflict) => void;
}

/** Two people changed the same product: both versions side by side, and the person chooses field by field. */
export function ConflictDialog({ conflict, onClose, onChoose }: ConflictDialogProps) {
  const { t } = useTranslation("catalog");
  const textOf = useFieldText();
  const { change, theirs } = conflict;
  const fields = productFormFields.filter((field) => field in change);
  const clashing = fields.filter((field) => theirs[field] !== conflict.base[field] && theirs[field] !== change[field]);
  const others = productFormFields.filter((field) => !(field in change) && theirs[field] !== conflict.base[field]);
  const [theirsChosen, setTheirsChosen] = useState<readonly Field[]>([]);
  const chosen = Object.fromEntries(
    fields.filter((field) => !theirsChosen.includes(field)).map((field) => [field, change[field]]),
  );
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("product.conflict.title")}
      size="lg"
      closeButtonProps={{ "aria-label": t("product.close") }}
    >
      <Stack>
        <Text>{t("product.conflict.words")}</Text>
        {clashing.map((field) => (
          <Radio.Group
            key={field}
            label={t(`product.fields.${field}`)}
            value={theirsChosen.includes(field) ? "theirs" : "mine"}
            onChange={(side) =>
              setTheirsChosen((present) =>
                side === "theirs" ? [...present, field] : present.filter((each) => each !== field),
              )
            }
          >
            <div className={styles.sides}>
              <Side value="mine" title={t("product.conflict.mine")} text={textOf(field, change[field] ?? null)} />
              <Side value="theirs" title={t("product.conflict.theirs")} text={textOf(field, theirs[field])} />
            </div>
          </Radio.Group>
        ))}
        {others.length > 0 && (
          <Text c="dimmed">
            {t("product.conflict.other", { fields: others.map((field) => named(t, field, theirs, textOf)).join(", ") })}
          </Text>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t("product.conflict.back")}
          </Button>
          <Button onClick={() => onChoose(chosen, conflict)}>{t("product.conflict.save")}</Button>
        </Group>
      </Stack>
    </Modal>
  );
}

function named(
  t: ReturnType<typeof useTranslation<"catalog">>["t"],
  field: Field,
  product: Product,
  textOf: ReturnType<typeof useFieldText>,
): string {
  return `${t(`product.fields.${field}`)} (${textOf(field, product[field])})`;
}

function Side({ value, title, text }: { readonly value: string; readonly title: string; readonly text: string }) {
  return (
    <Radio.Card value={value} className={styles.side}>
      <Group wrap="nowrap" align="flex-start" gap="xs">
        <Radio.Indicator />
        <div>
          <Text size="xs" c="dimmed">
            {title}
          </Text>
          <Text className={styles.text}>{text}</Text>
        </div>
      </Group>
    </Radio.Card>
  );
}
