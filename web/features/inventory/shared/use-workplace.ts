import { useLocalStorage } from "@mantine/hooks";
import { useLocations } from "../picking/locations.ts";

/**
 * Where one works: the place chosen last in this browser, else the first there is; null until they are known. `set`
 * remembers another.
 */
export function useWorkplace(): readonly [locationId: string | null, set: (locationId: string) => void] {
  const locations = useLocations();
  const [remembered, remember] = useLocalStorage<string | null>({
    key: "bodega.workplace",
    defaultValue: null,
    getInitialValueInEffect: false,
  });
  const chosen = locations.find(({ id }) => id === remembered) ?? locations[0];
  return [chosen?.id ?? null, remember];
}
