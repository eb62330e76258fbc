import { ActionIcon, TextInput } from "@mantine/core";
import { IconMinus, IconPlus } from "@tabler/icons-react";
import { memo, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { compareDecimals, readDecimal, subtractDecimals } from "../../../shared/format/decimal.ts";
import { useFormat } from "../../../shared/format/use-format.ts";
import { Chip } from "../../../shared/page/chip.tsx";
import { useQuantity } from "../shared/quantity.ts";
import { type CountLine, foundMore, varianceOf } from "./count-line.ts";
import styles from "./count-list.module.css";
import type { CountListProps } from "./count-list.tsx";
import { MovedSince } from "./moved-since.tsx";

interface CountRowProps extends Pick<CountListProps, "locationId" | "isBlind" | "reserved" | "onCount"> {
  readonly line: CountLine;
}

/** A product, what is expected of it, and the field for what is there. */
export const CountRow = memo(function CountRow({ line, locationId, isBlind, reserved, onCount }: CountRowProps) {
  const { t } = useTranslation("inventory");
  const quantity = useQuantity();
  const format = useFormat();
  const written = line.counted === null ? "" : line.counted.replace(".", format.decimal);
  const [typed, setTyped] = useState(written);
  const read = typed.trim() === "" ? null : readDecimal(typed, 3);
  // A scan changes it too; what is being typed means the same and stays as it is.
  useEffect(
    () => setTyped((present) => (readDecimal(present, 3) === line.counted ? present : written)),
    [line.counted, written],
  );
  const isWrong = typed.trim() !== "" && read === null;
  const variance = varianceOf(line);
  const less =
    line.counted !== null && compareDecimals(line.counted, "1") >= 0 ? subtractDecimals(line.counted, "1") : "0";
  return (
    <div className={styles.cells} data-blind={isBlind || undefined}>
      <div className={styles.product}>
        <span className={styles.name}>{line.name}</span>
        <span className={styles.code}>
          {line.sku}
          {line.isZeroed === true && (
            <>
              {" · "}
              <span>{t("counts.zeroed")}</span>
            </>
          )}
          {!isBlind && (
            <span className={styles.narrow}>
              {" "}
              · {t("counts.expects", { amount: quantity.amount(line.expected, line.unit) })}
            </span>
          )}
        </span>
        {line.moved !== null && <MovedSince line={line} moved={line.moved} locationId={locationId} />}
        {reserved.has(line.productId) && <Chip tone="bad">{t("counts.belowReserved")}</Chip>}
      </div>
      {!isBlind && <span className={styles.expected}>{quantity.amount(line.expected, line.unit)}</span>}
      <div className={styles.field}>
        <ActionIcon
          size="lg"
          tabIndex={-1}
          aria-label={t("counts.less", { name: line.name })}
          disabled={line.counted === null}
          onClick={() => onCount(line.productId, less)}
        >
          <IconMinus size={16} aria-hidden />
        </ActionIcon>
        <TextInput
          aria-label={t("counts.countedOf", { name: line.name })}
          inputMode="decimal"
          enterKeyHint="next"
          autoComplete="off"
          error={isWrong}
          value={typed}
          onFocus={(event) => event.currentTarget.select()}
          onChange={(event) => {
            const text = event.currentTarget.value;
            setTyped(text);
            const found = text.trim() === "" ? null : readDecimal(text, 3);
            if (text.trim() === "" || found !== null) onCount(line.productId, found);
          }}
        />
        <ActionIcon
          size="lg"
          tabIndex={-1}
          aria-label={t("counts.more", { name: line.name })}
          onClick={() => onCount(line.productId, foundMore(line, "1").counted)}
        >
          <IconPlus size={16} aria-hidden />
        </ActionIcon>
      </div>
      {!isBlind && (
        <span className={styles.variance}>
          {variance === null ? (
            ""
          ) : variance === "0" ? (
            <Chip tone="good">{t("counts.exact")}</Chip>
          ) : (
            <Chip tone="warning">{quantity.change(variance, line.unit)}</Chip>
          )}
        </span>
      )}
    </div>
  );
});
