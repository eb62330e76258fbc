import { useLocalStorage } from "@mantine/hooks";

export type Density = "comfortable" | "compact";

/** Comfortable until somebody chooses otherwise; one choice for all tables, kept in this browser. */
export const useDensity = () =>
  useLocalStorage<Density>({ key: "bodega.density", defaultValue: "comfortable", getInitialValueInEffect: false });
