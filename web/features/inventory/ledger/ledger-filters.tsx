import { Button, NativeSelect } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useLocations } from "../picking/locations.ts";
import { isOneOf } from "../shared/address.ts";
import { type LedgerAddress, movementTypes } from "./address.ts";
import styles from "./ledger-filters.module.css";

export interface LedgerFiltersProps {
  readonly address: LedgerAddress;
  readonly onChange: (address: LedgerAddress) => void;
}

/** Kind and place; all of it is the address. */
export function LedgerFilters({ address, onChange }: LedgerFiltersProps) {
  const { t } = useTranslation("inventory");
  const locations = useLocations();
  const { type: _type, ...ofAnyType } = address;
  const { location: _location, ...anywhere } = address;
  const isNarrowed = Object.keys(address).length > 0;
  return (
    <search className={styles.filters}>
      <NativeSelect
        className={styles.choice}
        aria-label={t("ledger.type")}
        value={address.type ?? ""}
        onChange={({ currentTarget: { value } }) =>
          onChange(isOneOf(movementTypes, value) ? { ...address, type: value } : ofAnyType)
        }
        data={[
          { value: "", label: t("ledger.allTypes") },
          ...movementTypes.map((value) => ({ value, label: t(`ledger.types.${value}`) })),
        ]}
      />
      {locations.length > 1 && (
        <NativeSelect
          className={styles.choice}
          aria-label={t("ledger.location")}
          value={address.location ?? ""}
          onChange={({ currentTarget: { value } }) =>
            onChange(value === "" ? anywhere : { ...address, location: value })
          }
          data={[
            { value: "", label: t("ledger.allLocations") },
            ...locations.map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
      )}
      {isNarrowed && (
        <Button variant="subtle" color="gray" onClick={() => onChange({})}>
          {address.document === undefined ? t("ledger.showAll") : `${t("ledger.oneAct")} · ${t("ledger.showAll")}`}
        </Button>
      )}
    </search>
  );
}
