import { ActionIcon, Button } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import styles from "./fields.module.css";
import { ValueField, type ValueFieldProps } from "./value-field.tsx";
import { type FieldKind, firstValueOf } from "./value-schema.ts";

export interface ListFieldProps extends Omit<ValueFieldProps, "schema" | "name"> {
  readonly field: Extract<FieldKind, { readonly kind: "list" }>;
}

/** Values of one kind, one below the other. */
export function ListField({ field, labelId, value, onChange }: ListFieldProps) {
  const { t } = useTranslation("settings");
  const entries: readonly unknown[] = Array.isArray(value) ? value : [];
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is named by a legend in it, and the name stands elsewhere
    <div role="group" aria-labelledby={labelId}>
      <ol className={styles.entries}>
        {entries.map((entry, place) => (
          <Entry
            // biome-ignore lint/suspicious/noArrayIndexKey: entries have no name of their own, and all their state is in the value
            key={place}
            field={field}
            place={place}
            value={entry}
            onChange={(wanted) => onChange(entries.with(place, wanted))}
            onRemove={() => onChange(entries.toSpliced(place, 1))}
          />
        ))}
      </ol>
      {(field.countMax === null || entries.length < field.countMax) && (
        <Button
          size="xs"
          variant="default"
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={() => onChange([...entries, firstValueOf(field.item)])}
        >
          {t("shop.addEntry")}
        </Button>
      )}
    </div>
  );
}

interface EntryProps extends Pick<ListFieldProps, "field" | "value" | "onChange"> {
  readonly place: number;
  readonly onRemove: () => void;
}

function Entry({ field, place, value, onChange, onRemove }: EntryProps) {
  const { t } = useTranslation("settings");
  const labelId = useId();
  return (
    <li className={styles.entry}>
      <div className={styles.entryHead}>
        <span id={labelId}>{t("shop.entry", { place: place + 1 })}</span>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t("shop.removeEntry", { place: place + 1 })}
          onClick={onRemove}
        >
          <IconTrash size={16} aria-hidden />
        </ActionIcon>
      </div>
      <ValueField schema={field.item} labelId={labelId} name="" value={value} onChange={onChange} />
    </li>
  );
}
