import type { Feature, Section } from "../../shared/feature/feature.ts";
import { useFeatures } from "../../shared/feature/features-context.ts";
import { may, useMe } from "../../shared/session/me.ts";

export interface NamedSection extends Section {
  readonly name: string;
}

/** The sections that exist and that this role may use, in the order of the rail. */
export function useSections(): readonly NamedSection[] {
  const me = useMe();
  return useFeatures()
    .flatMap(({ name, section }: Feature) => (section === undefined ? [] : [{ ...section, name }]))
    .filter((section) => may(me, section.permission))
    .toSorted((one, other) => one.order - other.order);
}
