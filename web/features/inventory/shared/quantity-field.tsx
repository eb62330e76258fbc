import { TextInput } from "@mantine/core";
import { useEffect, useRef } from "react";

export interface QuantityFieldProps {
  readonly label: string;
  /** As it was typed. */
  readonly value: string;
  readonly onChange: (text: string) => void;
  readonly error?: string | boolean | undefined;
  readonly hint?: string;
  readonly isLabelHidden?: boolean;
  readonly placeholder?: string;
  readonly unit?: string | undefined;
  /** As soon as it is there. */
  readonly isFocused?: boolean;
  readonly isDisabled?: boolean;
  readonly onEnter?: () => void;
  readonly size?: "xs" | "sm" | "md";
}

/** A quantity as people type it, with comma or point; the keyboard of a phone has its digits. Chosen whole when it gets the focus. */
export function QuantityField(props: QuantityFieldProps) {
  const {
    label,
    value,
    onChange,
    error = false,
    hint,
    isLabelHidden = false,
    placeholder,
    unit,
    isFocused = false,
    isDisabled = false,
    onEnter,
    size,
  } = props;
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (isFocused) field.current?.focus();
  }, [isFocused]);
  return (
    <TextInput
      ref={field}
      {...(size !== undefined && { size })}
      {...(isLabelHidden ? { "aria-label": label } : { label })}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key !== "Enter" || event.ctrlKey || event.metaKey || onEnter === undefined) return;
        event.preventDefault();
        onEnter();
      }}
      onFocus={(event) => event.currentTarget.select()}
      error={error}
      description={hint}
      placeholder={placeholder}
      disabled={isDisabled}
      inputMode="decimal"
      autoComplete="off"
      rightSection={unit === undefined || isCounted(unit) ? undefined : unit}
      rightSectionPointerEvents="none"
    />
  );
}

/** Pieces and packs are counted, and their number says it all. */
const isCounted = (unit: string): boolean => unit === "unit" || unit === "pack";
