import { Anchor, Button, Group, Switch, Text, TextInput } from "@mantine/core";
import { useLocalStorage } from "@mantine/hooks";
import { useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useCallback, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../../shared/format/use-format.ts";
import { Chip } from "../../../shared/page/chip.tsx";
import { FilterBar } from "../../../shared/page/filter-bar.tsx";
import { PageAction } from "../../../shared/page/page.tsx";
import { Panel } from "../../../shared/page/panel.tsx";
import { ErrorPanel } from "../../../shared/problems/error-panel.tsx";
import { notifyError } from "../../../shared/problems/notify-error.tsx";
import { textHash } from "../../../shared/server/text-hash.ts";
import { useAction } from "../../../shared/server/use-action.ts";
import { Waiting } from "../../../shared/waiting/waiting.tsx";
import { ProductPicker } from "../picking/product-picker.tsx";
import type { ScannedProduct } from "../scan/scan-desk.ts";
import { useScanner } from "../scan/use-scanner.ts";
import { useWorth } from "../shared/worth.ts";
import { lineFor } from "./begin-count.ts";
import { bookCount, movedLines, reservedLines, type VarianceReport } from "./book-count.ts";
import { countedAs, foundMore, type LineFilter, shownLines, totalsOf } from "./count-line.ts";
import { CountList } from "./count-list.tsx";
import styles from "./count-sheet.module.css";
import { draftStore, type KeptCount } from "./draft-store.ts";
import { findInLines } from "./find-in-lines.ts";
import { OutdatedNotice } from "./outdated-notice.tsx";
import { scopeName } from "./scope-name.ts";
import { UncountedAsZero } from "./uncounted-as-zero.tsx";
import { useCount } from "./use-count.ts";
import { useScannedWords } from "./use-scanned-words.ts";

const filters = ["all", "open", "off", "moved"] as const satisfies readonly LineFilter[];

/** One count: a list to walk along, in which each scan is one more; kept here until it is booked. */
export function CountSheet({ kept }: { readonly kept: KeptCount }) {
  const { t } = useTranslation("inventory");
  const format = useFormat();
  const worth = useWorth();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const count = useCount(kept);
  const { draft, lines } = count;
  const [filter, setFilter] = useState<LineFilter>("all");
  const [typed, setTyped] = useState("");
  const [scanned, setScanned] = useState<{ readonly productId: string; readonly times: number } | null>(null);
  const [isBlind, setIsBlind] = useLocalStorage({ key: "bodega.counts.blind", defaultValue: false });
  const totals = useMemo(() => totalsOf(lines), [lines]);
  const shown = useMemo(() => shownLines(lines, filter, typed), [lines, filter, typed]);

  const book = useAction<void, VarianceReport>({
    name: "book-count",
    target: () => `${draft.id} ${textHash(JSON.stringify(lines))}`,
    run: async (_all, { idempotencyKey }) => {
      try {
        return await bookCount(draft, lines, idempotencyKey);
      } catch (error) {
        count.changeAll(movedLines(error));
        throw error;
      }
    },
    onDone: async ({ id }) => {
      await count.kept();
      await draftStore().discard(draft.id);
      void queryClient.invalidateQueries({ queryKey: ["inventory"] });
      await navigate({ to: "/inventory/counts", search: { report: id }, replace: true });
    },
    showsError: true,
  });

  const say = useScannedWords();
  const find = useMemo(() => findInLines(lines), [lines]);
  const take = useCallback(
    async ({ product, quantity }: Pick<ScannedProduct, "product" | "quantity">) => {
      if (count.lineOf(product.id) === undefined) count.add(await lineFor(product, draft.locationId));
      if (quantity !== "0") count.change(product.id, (line) => foundMore(line, quantity));
      setFilter("all");
      setTyped("");
      setScanned((before) => ({ productId: product.id, times: (before?.times ?? 0) + 1 }));
      say(product.name, count.lineOf(product.id)?.counted ?? "0");
    },
    [count, draft.locationId, say],
  );
  useScanner((hit) => void take(hit).catch(notifyError), { find });

  const reserved = reservedLines(book.error);
  return (
    <>
      <PageAction>
        <Button loading={book.isPending} disabled={totals.counted === 0} onClick={() => book.mutate()}>
          {t("counts.book", { count: totals.counted, figure: format.number(totals.counted) })}
        </Button>
      </PageAction>
      <Panel
        title={t("counts.sheetTitle", { location: draft.locationName, scope: scopeName(draft.category, t) })}
        aside={
          <Anchor component={Link} to="/inventory/counts">
            {t("counts.later")}
          </Anchor>
        }
        isFlush
      >
        <div className={styles.tools}>
          <Group gap="xs" role="status" aria-live="polite">
            <Text size="sm">
              {t("counts.progress", { counted: format.number(totals.counted), count: format.number(lines.length) })}
            </Text>
            {totals.off > 0 && !isBlind && (
              <Chip tone="warning">
                {t("counts.offBy", { count: totals.off, figure: format.number(totals.off) })} ·{" "}
                {worth.change(totals.worth)}
              </Chip>
            )}
            {totals.moved > 0 && <Chip tone="bad">{t("counts.toRecount", { count: totals.moved })}</Chip>}
          </Group>
          <Group gap="xs">
            {!book.isPending && <UncountedAsZero count={count} />}
            <Switch
              size="xs"
              label={t("counts.blind")}
              checked={isBlind}
              onChange={(event) => setIsBlind(event.currentTarget.checked)}
            />
          </Group>
        </div>
        <div className={styles.tools}>
          <TextInput
            className={styles.search}
            aria-label={t("counts.search")}
            placeholder={t("counts.search")}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
          <FilterBar
            label={t("counts.filter")}
            value={filter}
            choices={filters
              .filter((each) => each !== "moved" || totals.moved > 0 || filter === "moved")
              .map((value) => ({ value, label: t(`counts.filters.${value}`) }))}
            onChoose={setFilter}
          />
        </div>
        {book.isPending && <Waiting label={t("counts.booking")} />}
        {book.error !== null && movedLines(book.error).size > 0 && (
          <OutdatedNotice count={movedLines(book.error).size} onShow={() => setFilter("moved")} />
        )}
        {book.error !== null && reserved.size > 0 && (
          <Text c="var(--bodega-bad)" px="md">
            {t("counts.reservedText")}
          </Text>
        )}
        {book.error !== null && movedLines(book.error).size === 0 && (
          <ErrorPanel error={book.error} attempt="writing" />
        )}
        <CountList
          lines={shown}
          locationId={draft.locationId}
          isBlind={isBlind}
          reserved={reserved}
          scanned={scanned}
          onCount={(productId, counted) => count.change(productId, (line) => countedAs(line, counted))}
        />
        <div className={styles.add}>
          <ProductPicker
            label={t("counts.add")}
            onPick={(product) => void take({ product, quantity: "0" }).catch(notifyError)}
          />
        </div>
      </Panel>
    </>
  );
}
