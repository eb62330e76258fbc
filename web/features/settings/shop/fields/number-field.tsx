import { NumberInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../../../shared/format/use-format.ts";
import type { FieldProps } from "./field-props.ts";
import type { NumberKind } from "./value-schema.ts";

export interface NumberFieldProps extends FieldProps {
  readonly name: string;
  readonly field: NumberKind;
}

export function NumberField({ field, labelId, name, value, onChange }: NumberFieldProps) {
  const { t } = useTranslation("settings");
  const format = useFormat();
  const { isWhole, min, max, none } = field;
  const write = (figure: number) => (name.endsWith("bytesMax") ? format.bytes(figure) : format.number(figure));
  const change = (wanted: number | string) => {
    if (typeof wanted === "number") onChange(wanted);
    else if (wanted === "" && none !== undefined) onChange(none);
  };
  return (
    <NumberInput
      aria-labelledby={labelId}
      value={typeof value === "number" ? value : ""}
      onChange={change}
      allowDecimal={!isWhole}
      thousandSeparator={format.thousands}
      decimalSeparator={format.decimal}
      {...(none !== undefined && { placeholder: t("shop.none") })}
      {...(min !== null && { min })}
      {...(min !== null &&
        max !== null && {
          max,
          clampBehavior: "blur",
          description: t("shop.range", { min: write(min), max: write(max) }),
        })}
    />
  );
}
