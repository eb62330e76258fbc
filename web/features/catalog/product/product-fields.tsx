import type { ProductFormValues } from "@bodega/sdk";
import { Autocomplete, NativeSelect, Switch, Textarea, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { facetsQuery } from "../facets.ts";
import { asDecimal, brokenRule, units } from "./field-rules.ts";
import styles from "./product-fields.module.css";

type Field = keyof ProductFormValues;
type SetField = <Name extends Field>(field: Name, value: ProductFormValues[Name]) => void;

export interface ProductFieldsProps {
  readonly values: ProductFormValues;
  readonly set: SetField;
  readonly isReadOnly?: boolean;
  /** Whether what is wrong is said of a field that is as it was opened. */
  readonly saysAll: boolean;
  readonly touched: readonly Field[];
  /** What somebody else made of a field meanwhile, by field. */
  readonly changedByOthers?: Readonly<Partial<Record<Field, string>>>;
  /** What the server says of a field. */
  readonly refused?: Readonly<Record<string, string>>;
}

/** The fields of a product, for a new one and for one that is there. */
export function ProductFields(props: ProductFieldsProps) {
  const { values, set, isReadOnly = false, saysAll, touched, changedByOthers = {}, refused = {} } = props;
  const { t } = useTranslation("catalog");
  const facets = useQuery(facetsQuery);
  const common = (field: Field) => {
    const rule = saysAll || touched.includes(field) ? brokenRule(field, values[field]) : null;
    const other = changedByOthers[field];
    const error = rule === null ? refused[field] : t(`product.invalid.${rule}`);
    return {
      label: t(`product.fields.${field}`),
      name: field,
      readOnly: isReadOnly,
      ...(error !== undefined && { error }),
      ...(other !== undefined && { description: t("product.changedBy", { value: other }) }),
    };
  };
  return (
    <div className={styles.fields}>
      <TextInput
        {...common("name")}
        className={styles.whole}
        maxLength={300}
        value={values.name}
        onChange={(event) => set("name", event.currentTarget.value)}
      />
      <TextInput
        {...common("sku")}
        maxLength={100}
        spellCheck={false}
        value={values.sku}
        onChange={(event) => set("sku", event.currentTarget.value)}
      />
      <Autocomplete
        {...common("category")}
        data={facets.data?.categories ?? []}
        maxLength={100}
        value={values.category ?? ""}
        onChange={(category) => set("category", category === "" ? null : category)}
      />
      <TextInput
        {...common("price")}
        inputMode="decimal"
        value={values.price}
        onChange={(event) => set("price", asDecimal(event.currentTarget.value))}
      />
      <TextInput
        {...common("cost")}
        inputMode="decimal"
        value={values.cost ?? ""}
        onChange={(event) => set("cost", orNull(asDecimal(event.currentTarget.value)))}
      />
      <TextInput
        {...common("currency")}
        maxLength={3}
        autoCapitalize="characters"
        value={values.currency}
        onChange={(event) => set("currency", event.currentTarget.value.toUpperCase())}
      />
      <NativeSelect
        {...common("unit")}
        disabled={isReadOnly}
        data={units.map((unit) => ({ value: unit, label: t(`product.units.${unit}`) }))}
        value={values.unit}
        onChange={(event) => set("unit", event.currentTarget.value)}
      />
      <TextInput
        {...common("minimumPurchase")}
        inputMode="decimal"
        value={values.minimumPurchase}
        onChange={(event) => set("minimumPurchase", asDecimal(event.currentTarget.value))}
      />
      <TextInput
        {...common("gtin")}
        inputMode="numeric"
        maxLength={14}
        value={values.gtin ?? ""}
        onChange={(event) => set("gtin", orNull(event.currentTarget.value.replace(/\s/g, "")))}
      />
      <Textarea
        {...common("description")}
        className={styles.whole}
        autosize
        minRows={2}
        maxRows={8}
        maxLength={20_000}
        value={values.description}
        onChange={(event) => set("description", event.currentTarget.value)}
      />
      <Switch
        className={styles.whole}
        name="isActive"
        label={t("product.fields.isActive")}
        disabled={isReadOnly}
        checked={values.isActive}
        onChange={(event) => set("isActive", event.currentTarget.checked)}
        {...(changedByOthers.isActive !== undefined && {
          description: t("product.changedBy", { value: changedByOthers.isActive }),
        })}
      />
    </div>
  );
}

const orNull = (text: string): string | null => (text === "" ? null : text);
