import { SegmentedControl, Select, Switch } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../../../shared/format/use-format.ts";
import { valueText } from "../setting-words.ts";
import { GroupField } from "./group-field.tsx";
import { JsonField } from "./json-field.tsx";
import { ListField } from "./list-field.tsx";
import { NumberField } from "./number-field.tsx";
import { TextField } from "./text-field.tsx";
import { fieldKindOf, type ValueSchema } from "./value-schema.ts";

export interface ValueFieldProps {
  readonly schema: ValueSchema;
  /** The element that names it. */
  readonly labelId: string;
  /** The setting's key, or the name within it: what tells a weight from a count. */
  readonly name: string;
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
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
