import { NativeSelect } from "@mantine/core";
import { useEffect, useEffectEvent } from "react";
import { useLocations } from "./locations.ts";

export interface LocationSelectProps {
  readonly label: string;
  /** A location's id; "" until one is known. */
  readonly value: string;
  readonly onChange: (locationId: string) => void;
  readonly isDisabled?: boolean;
}

/** The browser's own list, which a phone shows large. Chooses the first by itself where nothing is chosen. */
export function LocationSelect({ label, value, onChange, isDisabled = false }: LocationSelectProps) {
  const locations = useLocations();
  const first = locations[0]?.id;
  const choose = useEffectEvent(onChange);
  useEffect(() => {
    if (value === "" && first !== undefined) choose(first);
  }, [value, first]);
  return (
    <NativeSelect
      label={label}
      disabled={isDisabled || locations.length === 0}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      data={locations.map(({ id, code, name }) => ({ value: id, label: `${name} (${code})` }))}
    />
  );
}
