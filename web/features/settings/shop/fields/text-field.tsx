import { TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { FieldProps } from "./field-props.ts";
import type { TextKind } from "./value-schema.ts";

export interface TextFieldProps extends FieldProps {
  readonly field: TextKind;
}

export function TextField({ field: { lengthMax, none }, labelId, value, onChange }: TextFieldProps) {
  const { t } = useTranslation("settings");
  return (
    <TextInput
      aria-labelledby={labelId}
      // The word for nothing is no text.
      value={typeof value === "string" && value !== none ? value : ""}
      onChange={({ currentTarget }) =>
        onChange(currentTarget.value === "" && none !== undefined ? none : currentTarget.value)
      }
      {...(lengthMax !== null && { maxLength: lengthMax })}
      {...(none !== undefined && { placeholder: t("shop.none") })}
    />
  );
}
