import { JsonInput, NumberInput, SegmentedControl, Switch, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../../shared/format/use-format.ts";
import type { Setting } from "../queries.ts";
import { valueText } from "./setting-words.ts";

export interface SettingFieldProps {
  readonly setting: Setting;
  readonly labelId: string;
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
}

/** The field that fits what the server allows (JSON Schema): a choice, a switch, a number, a text, or JSON itself. */
export function SettingField({ setting, labelId, value, onChange }: SettingFieldProps) {
  const { t } = useTranslation("settings");
  const format = useFormat();
  const { allowed } = setting;
  if (isTexts(allowed.enum)) {
    return (
      <SegmentedControl
        fullWidth
        size="xs"
        aria-labelledby={labelId}
        value={String(value)}
        onChange={onChange}
        data={allowed.enum.map((choice) => ({ value: choice, label: valueText(choice, t, format.number) }))}
      />
    );
  }
  if (allowed.type === "boolean") {
    return (
      <Switch
        aria-labelledby={labelId}
        checked={value === true}
        onChange={(event) => onChange(event.currentTarget.checked)}
        label={t(value === true ? "shop.yes" : "shop.no")}
      />
    );
  }
  if (allowed.type === "integer" || allowed.type === "number") {
    return <NumberField setting={setting} labelId={labelId} value={value} onChange={onChange} />;
  }
  if (allowed.type === "string") {
    return (
      <TextInput
        aria-labelledby={labelId}
        value={String(value)}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    );
  }
  return <JsonField labelId={labelId} value={value} onChange={onChange} />;
}

function NumberField({ setting: { key, allowed }, labelId, value, onChange }: SettingFieldProps) {
  const { t } = useTranslation("settings");
  const format = useFormat();
  const { minimum, maximum } = allowed;
  const isBytes = key.endsWith("bytesMax");
  const write = (figure: number) => (isBytes ? format.bytes(figure) : format.number(figure));
  const hasRange = typeof minimum === "number" && typeof maximum === "number";
  return (
    <NumberInput
      aria-labelledby={labelId}
      value={typeof value === "number" ? value : ""}
      onChange={(wanted) => typeof wanted === "number" && onChange(wanted)}
      allowDecimal={allowed.type === "number"}
      thousandSeparator={format.thousands}
      decimalSeparator={format.decimal}
      {...(hasRange && {
        min: minimum,
        max: maximum,
        clampBehavior: "blur",
        description: t("shop.range", { min: write(minimum), max: write(maximum) }),
      })}
    />
  );
}

function JsonField({ labelId, value, onChange }: Omit<SettingFieldProps, "setting">) {
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

const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((each) => typeof each === "string");
