import { Button, NativeSelect, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { compareDecimals, isZero } from "../../../shared/format/decimal.ts";
import type { DraftLine } from "../shared/draft-lines.ts";
import { useQuantity } from "../shared/quantity.ts";
import { readQuantity } from "../shared/read-quantity.ts";
import { type Place, type Split, splitOf } from "./line-location.ts";
import styles from "./line-place.module.css";

export interface LinePlaceProps {
  readonly line: DraftLine;
  readonly places: readonly Place[];
  /** Chosen, or by default. */
  readonly place: Place | null;
  readonly isLocked: boolean;
  readonly onChoose: (locationId: string) => void;
  readonly onSplit: (split: Split) => void;
}

/** Where a line is taken from, with what is free there; and when that is too little, the way to take the rest elsewhere. */
export function LinePlace({ line, places, place, isLocked, onChoose, onSplit }: LinePlaceProps) {
  const { t } = useTranslation("inventory");
  const quantity = useQuantity();
  const { product } = line;
  const wanted = readQuantity(line.quantity);
  const isShort = place !== null && wanted !== null && compareDecimals(place.available, wanted) < 0;
  const split = isShort ? splitOf(places, place, wanted) : null;
  return (
    <div className={styles.place}>
      <NativeSelect
        aria-label={t("reservations.form.placeOf", { name: product.name })}
        value={place?.locationId ?? ""}
        disabled={isLocked || places.length === 0}
        onChange={({ currentTarget: { value } }) => onChoose(value)}
        data={places.map(({ locationId, name, available }) => ({
          value: locationId,
          label: t("reservations.form.place", { location: name, available: quantity.amount(available, product.unit) }),
        }))}
      />
      {isShort && (
        <div className={styles.short} role="status">
          <Text size="xs" c="var(--bodega-warning)">
            {isZero(place.available)
              ? t("reservations.form.nothingHere")
              : t("reservations.form.notEnough", { available: quantity.amount(place.available, product.unit) })}
          </Text>
          {split !== null && (
            <Button size="compact-xs" variant="light" disabled={isLocked} onClick={() => onSplit(split)}>
              {t("reservations.form.split", {
                rest: quantity.amount(split.rest, product.unit),
                location: split.from.name,
              })}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}
