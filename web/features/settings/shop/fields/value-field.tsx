import { ActionIcon, Button, SegmentedControl, Select, Switch } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../../../shared/format/use-format.ts";
import { fieldName, valueText } from "../setting-words.ts";
import type { FieldProps } from "./field-props.ts";
import styles from "./fields.module.css";
import { JsonField } from "./json-field.tsx";
import { NumberField } from "./number-field.tsx";
import { TextField } from "./text-field.tsx";
import { type FieldKind, fieldKindOf, firstValueOf, type ValueSchema } from "./value-schema.ts";

export interface ValueFieldProps extends FieldProps {
  readonly schema: ValueSchema;
  /** The setting's key, or the name within it: what tells a weight from a count. */
  readonly name: string;
}

/** More words than these do not fit beside one another. */
const segmentsMax = 3;

/** The field that fits what the server allows, down to the fields of a group and the entries of a list. */
export function ValueField(props: ValueFieldProps) {
  const { t } = useTranslation("settings");
  const format = useFormat();
  const { schema, labelId, name, value, onChange } = props;
  const field = fieldKindOf(schema);
  switch (field.kind) {
    case "choice": {
      const data = field.choices.map((choice) => ({ value: choice, label: valueText(choice, t, format.number) }));
      return data.length > segmentsMax ? (
        <Select
          aria-labelledby={labelId}
          value={String(value)}
          onChange={(wanted) => wanted !== null && onChange(wanted)}
          data={data}
          allowDeselect={false}
        />
      ) : (
        <SegmentedControl
          fullWidth
          size="xs"
          aria-labelledby={labelId}
          value={String(value)}
          onChange={onChange}
          data={data}
        />
      );
    }
    case "switch":
      return (
        <Switch
          aria-labelledby={labelId}
          checked={value === true}
          onChange={(event) => onChange(event.currentTarget.checked)}
          label={t(value === true ? "shop.yes" : "shop.no")}
        />
      );
    case "number":
      return <NumberField field={field} labelId={labelId} name={name} value={value} onChange={onChange} />;
    case "text":
      return <TextField field={field} labelId={labelId} value={value} onChange={onChange} />;
    case "group":
      return <GroupField field={field} labelId={labelId} value={value} onChange={onChange} />;
    case "list":
      return <ListField field={field} labelId={labelId} value={value} onChange={onChange} />;
    case "json":
      return <JsonField labelId={labelId} value={value} onChange={onChange} />;
  }
}

interface GroupFieldProps extends FieldProps {
  readonly field: Extract<FieldKind, { readonly kind: "group" }>;
}

/** Values that belong together, each with its name. */
function GroupField({ field, labelId, value, onChange }: GroupFieldProps) {
  const values: Readonly<Record<string, unknown>> = typeof value === "object" && value !== null ? { ...value } : {};
  return (
    <fieldset aria-labelledby={labelId} className={styles.group}>
      {field.fields.map(([name, schema]) => (
        <Member
          key={name}
          name={name}
          schema={schema}
          value={values[name]}
          onChange={(wanted) => onChange({ ...values, [name]: wanted })}
        />
      ))}
    </fieldset>
  );
}

type MemberProps = Omit<ValueFieldProps, "labelId">;

function Member({ name, ...field }: MemberProps) {
  const { t } = useTranslation("settings");
  const labelId = useId();
  return (
    <div className={styles.member}>
      <span id={labelId}>{fieldName(name, t)}</span>
      <ValueField {...field} name={name} labelId={labelId} />
    </div>
  );
}

interface ListFieldProps extends FieldProps {
  readonly field: Extract<FieldKind, { readonly kind: "list" }>;
}

/** Values of one kind, one below the other. */
function ListField({ field, labelId, value, onChange }: ListFieldProps) {
  const { t } = useTranslation("settings");
  const entries: readonly unknown[] = Array.isArray(value) ? value : [];
  return (
    <fieldset aria-labelledby={labelId} className={styles.list}>
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
    </fieldset>
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
