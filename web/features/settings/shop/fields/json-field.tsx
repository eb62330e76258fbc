import { JsonInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { FieldProps } from "./field-props.ts";

/** The value as it is written; given on only when it can be read. */
export function JsonField({ labelId, value, onChange }: FieldProps) {
  const { t } = useTranslation("settings");
  const [text, setText] = useState(JSON.stringify(value, null, 2));
  const [isBad, setIsBad] = useState(false);
  const change = (wanted: string) => {
    setText(wanted);
    const parsed = parse(wanted);
    setIsBad(parsed === undefined);
    if (parsed !== undefined) onChange(parsed.value);
  };
  return (
    <JsonInput
      aria-labelledby={labelId}
      autosize
      minRows={3}
      spellCheck={false}
      value={text}
      onChange={change}
      error={isBad ? t("shop.badJson") : null}
    />
  );
}

function parse(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
