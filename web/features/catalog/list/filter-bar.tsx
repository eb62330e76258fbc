import { Button, SegmentedControl, Select } from "@mantine/core";
import { IconLayoutGrid, IconList } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { memo, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { SearchField } from "../../../shared/page/search-field.tsx";
import { type CatalogAddress, isNarrowed, type PhotoStateFilter, photoStates } from "../address.ts";
import { facetsQuery } from "../facets.ts";
import styles from "./filter-bar.module.css";

export interface FilterBarProps {
  readonly address: CatalogAddress;
  readonly onChange: (address: CatalogAddress) => void;
  /** Beside the choice of the view. */
  readonly children?: ReactNode;
}

/** Search and filters; all of it is the address, so that a view can be shared and the back button undoes it. */
export const FilterBar = memo(function FilterBar({ address, onChange, children }: FilterBarProps) {
  const { t } = useTranslation("catalog");
  const facets = useQuery(facetsQuery);
  const { categories = [], supplierIds = [] } = facets.data ?? {};
  // One that is in the address and not (any more) in the shop is shown too: it explains why nothing is.
  const categoryOptions = withChosen(categories, address.category);
  const supplierOptions = withChosen(supplierIds, address.supplier);
  const set = (change: Partial<Record<keyof CatalogAddress, string | null>>) => onChange(changed(address, change));
  return (
    <search className={styles.bar}>
      <SearchField
        label={t("searchLabel")}
        placeholder={t("searchHint")}
        text={address.q ?? ""}
        onSearch={(q) => set({ q: q === "" ? null : q })}
        className={styles.search ?? ""}
      />
      <Select
        className={styles.filter}
        aria-label={t("filters.category")}
        placeholder={t("filters.category")}
        data={categoryOptions}
        value={address.category ?? null}
        onChange={(category) => set({ category })}
        searchable={categories.length > 8}
        clearable
      />
      {supplierOptions.length > 0 && (
        <Select
          className={styles.filter}
          aria-label={t("filters.supplier")}
          placeholder={t("filters.supplier")}
          data={supplierOptions.map((id) => ({ value: id, label: id.slice(-8) }))}
          value={address.supplier ?? null}
          onChange={(supplier) => set({ supplier })}
          clearable
        />
      )}
      <Select<PhotoStateFilter>
        className={styles.filter}
        aria-label={t("filters.state")}
        placeholder={t("filters.state")}
        data={photoStates.map((state) => ({ value: state, label: t(`states.${state}`) }))}
        value={address.state ?? null}
        onChange={(state) => set({ state })}
        clearable
      />
      {isNarrowed(address) && (
        <Button
          variant="subtle"
          color="gray"
          onClick={() => onChange(changed(address, { q: null, category: null, supplier: null, state: null }))}
        >
          {t("filters.clear")}
        </Button>
      )}
      <div className={styles.view}>
        {children}
        <SegmentedControl<"grid" | "list">
          aria-label={t("view.label")}
          value={address.view ?? "grid"}
          onChange={(view) => set({ view: view === "list" ? view : null })}
          data={[
            { value: "grid", label: <ViewLabel icon={IconLayoutGrid} text={t("view.grid")} /> },
            { value: "list", label: <ViewLabel icon={IconList} text={t("view.list")} /> },
          ]}
        />
      </div>
    </search>
  );
});

function ViewLabel({ icon: Glyph, text }: { readonly icon: typeof IconList; readonly text: string }) {
  return (
    <span className={styles.viewLabel}>
      <Glyph size={16} aria-hidden /> <span>{text}</span>
    </span>
  );
}

const withChosen = (options: readonly string[], chosen: string | undefined): string[] =>
  chosen === undefined || options.includes(chosen) ? [...options] : [chosen, ...options];

/** Null takes a part out of the address. */
function changed(address: CatalogAddress, change: Readonly<Record<string, string | null>>): CatalogAddress {
  return Object.fromEntries(Object.entries({ ...address, ...change }).filter(([, value]) => value !== null));
}
