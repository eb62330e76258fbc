import { useId } from "react";
import { useTranslation } from "react-i18next";
import { fieldName } from "../setting-words.ts";
import styles from "./fields.module.css";
import { ValueField, type ValueFieldProps } from "./value-field.tsx";
import type { FieldKind, ValueSchema } from "./value-schema.ts";

export interface GroupFieldProps extends Omit<ValueFieldProps, "schema" | "name"> {
  readonly field: Extract<FieldKind, { readonly kind: "group" }>;
}

/** Values that belong together, each with its name. */
export function GroupField({ field, labelId, value, onChange }: GroupFieldProps) {
  const values: Readonly<Record<string, unknown>> = typeof value === "object" && value !== null ? { ...value } : {};
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is named by a legend in it, and the name stands elsewhere
    <div role="group" aria-labelledby={labelId} className={styles.group}>
      {field.fields.map(([name, schema]) => (
        <Member
          key={name}
          name={name}
          schema={schema}
          value={values[name]}
          onChange={(wanted) => onChange({ ...values, [name]: wanted })}
        />
      ))}
    </div>
  );
}

interface MemberProps extends Omit<ValueFieldProps, "labelId"> {
  readonly schema: ValueSchema;
}

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
