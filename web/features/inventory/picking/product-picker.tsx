import type { Product } from "@bodega/sdk";
import { Combobox, TextInput, useCombobox } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useEffectEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "../../../shared/server/client.ts";
import styles from "./product-picker.module.css";

export interface ProductPickerProps {
  readonly label: string;
  readonly onPick: (product: Product) => void;
}

const hitsMax = 8;
/** Between two keys of somebody who types. */
const pauseMs = 150;

/** Finds a product by its name, SKU or code (WAI-ARIA APG, *Combobox*), and is empty again for the next one. */
export function ProductPicker({ label, onPick }: ProductPickerProps) {
  const { t } = useTranslation("inventory");
  const [typed, setTyped] = useState("");
  const [wanted] = useDebouncedValue(typed.trim(), pauseMs);
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const hits = useQuery({
    queryKey: ["inventory", "pick", wanted],
    queryFn: ({ signal }) => client.products.list({ query: wanted, limit: hitsMax }, { signal }),
    enabled: wanted !== "",
    placeholderData: keepPreviousData,
  });
  const products = wanted === "" ? [] : (hits.data?.items ?? []);
  // The best hit is chosen as soon as it is there, so that Enter takes it.
  const best = products[0]?.id;
  const choose = useEffectEvent(() => combobox.selectFirstOption());
  useEffect(() => {
    if (best !== undefined) choose();
  }, [best]);
  const pick = (id: string) => {
    const product = products.find((each) => each.id === id);
    if (product === undefined) return;
    setTyped("");
    combobox.closeDropdown();
    onPick(product);
  };
  return (
    <Combobox store={combobox} onOptionSubmit={pick} shadow="md">
      <Combobox.Target>
        <TextInput
          label={label}
          placeholder={t("picking.placeholder")}
          autoComplete="off"
          spellCheck={false}
          value={typed}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            combobox.openDropdown();
          }}
          // Enter picks; it never sends the form that this is in.
          onKeyDown={(event) => event.key === "Enter" && event.preventDefault()}
          onFocus={() => typed !== "" && combobox.openDropdown()}
          onBlur={() => combobox.closeDropdown()}
        />
      </Combobox.Target>
      <Combobox.Dropdown hidden={wanted === "" || hits.data === undefined}>
        <Combobox.Options aria-label={label}>
          {products.map(({ id, name, sku }) => (
            <Combobox.Option key={id} value={id}>
              <span className={styles.name}>{name}</span>
              <span className={styles.sku}>{sku}</span>
            </Combobox.Option>
          ))}
          {products.length === 0 && <Combobox.Empty>{t("picking.nothing")}</Combobox.Empty>}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
