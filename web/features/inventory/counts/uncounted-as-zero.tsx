import { Button, Stack, Text } from "@mantine/core";
import { IconArrowBackUp, IconSquareRoundedNumber0 } from "@tabler/icons-react";
import { useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../../shared/format/use-format.ts";
import { useLanguage } from "../../../shared/i18n/use-language.ts";
import { ConfirmDialog } from "../../../shared/page/confirm-dialog.tsx";
import { useQuantity } from "../shared/quantity.ts";
import { useWorth } from "../shared/worth.ts";
import type { CountLine } from "./count-line.ts";
import { asUncounted, asZero, isUncounted, isZeroed, type Uncounted, uncountedOf } from "./uncounted.ts";
import type { OpenCount } from "./use-count.ts";

/** Whoever has walked all shelves says at once that the rest is not there; until the count is booked, it can be undone. */
export function UncountedAsZero({ count }: { readonly count: Pick<OpenCount, "lines" | "changeAll"> }) {
  const { t } = useTranslation("inventory");
  const format = useFormat();
  const [isAsking, setIsAsking] = useState(false);
  const [asked, setAsked] = useState<Uncounted>(() => uncountedOf([]));
  const undo = useRef<HTMLButtonElement>(null);
  const ask = useRef<HTMLButtonElement>(null);
  const open = useMemo(() => count.lines.filter(isUncounted).length, [count.lines]);
  const zeroed = useMemo(() => count.lines.filter(isZeroed).length, [count.lines]);
  const changeLines = (isMeant: (line: CountLine) => boolean, change: (line: CountLine) => CountLine) =>
    count.changeAll(new Map(count.lines.filter(isMeant).map(({ productId }) => [productId, change])));
  return (
    <>
      {open > 0 && (
        <Button
          ref={ask}
          size="compact-sm"
          variant="default"
          leftSection={<IconSquareRoundedNumber0 size={16} aria-hidden />}
          onClick={() => {
            setAsked(uncountedOf(count.lines));
            setIsAsking(true);
          }}
        >
          {t("counts.zero")}
        </Button>
      )}
      {zeroed > 0 && (
        <Button
          ref={undo}
          size="compact-sm"
          variant="subtle"
          leftSection={<IconArrowBackUp size={16} aria-hidden />}
          onClick={() => {
            changeLines(isZeroed, asUncounted);
            requestAnimationFrame(() => ask.current?.focus());
          }}
        >
          {t("counts.zeroUndo", { count: zeroed, figure: format.number(zeroed) })}
        </Button>
      )}
      <ConfirmDialog
        isOpen={isAsking}
        title={t("counts.zeroTitle")}
        keep={t("counts.zeroKeep")}
        onKeep={() => setIsAsking(false)}
        act={t("counts.zeroAct", { count: asked.lines, figure: format.number(asked.lines) })}
        onAct={() => {
          changeLines(isUncounted, asZero);
          setIsAsking(false);
        }}
        // The button that was pressed is gone, once there is nothing left to put to zero.
        onGone={() => (ask.current ?? undo.current)?.focus()}
      >
        <Stack gap="xs">
          <Text>{t("counts.zeroLines", { count: asked.lines, figure: format.number(asked.lines) })}</Text>
          <Worth {...asked} />
          <Text c="dimmed">{t("counts.zeroHint")}</Text>
        </Stack>
      </ConfirmDialog>
    </>
  );
}

/** How much of what is about to be written off. */
function Worth({ amounts, worth, currency }: Uncounted) {
  const { t } = useTranslation("inventory");
  const language = useLanguage();
  const format = useFormat();
  const figures = useWorth();
  const quantity = useQuantity();
  if (amounts.length === 0) return <Text>{t("counts.zeroNothing")}</Text>;
  const words = amounts.map(({ unit, amount }) =>
    unit === "unit"
      ? t("counts.zeroUnits", { count: Number(amount), figure: quantity.amount(amount) })
      : quantity.amount(amount, unit),
  );
  const list = new Intl.ListFormat(language, { type: "conjunction" }).format(words);
  const money = currency === null ? figures.amount(worth) : format.money(worth, currency);
  return (
    <Text fw={600}>
      {worth === "0"
        ? t("counts.zeroAmounts", { amounts: list })
        : t("counts.zeroWorth", { amounts: list, worth: money })}
    </Text>
  );
}
