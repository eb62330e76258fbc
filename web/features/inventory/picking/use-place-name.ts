import { useLocations } from "./locations.ts";

/** What people call a location; its code for one that is not in use any more. */
export function usePlaceName(): (locationId: string, code: string | null) => string {
  const locations = useLocations();
  return (locationId, code) => locations.find(({ id }) => id === locationId)?.name ?? code ?? locationId;
}
