import { Button } from "@mantine/core";
import styles from "./filter-bar.module.css";

export interface FilterBarProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly choices: readonly { readonly value: Value; readonly label: string }[];
  readonly onChoose: (value: Value) => void;
}

/** One choice of a few, which the page keeps in its address. */
export function FilterBar<Value extends string>({ label, value, choices, onChoose }: FilterBarProps<Value>) {
  return (
    <fieldset className={styles.bar}>
      <legend className={styles.legend}>{label}</legend>
      {choices.map((choice) => (
        <Button
          key={choice.value}
          size="compact-sm"
          variant={choice.value === value ? "light" : "subtle"}
          color={choice.value === value ? "green" : "gray"}
          aria-pressed={choice.value === value}
          onClick={() => onChoose(choice.value)}
        >
          {choice.label}
        </Button>
      ))}
    </fieldset>
  );
}
