import { Button, Text } from "@mantine/core";
import { useLocalStorage } from "@mantine/hooks";
import { IconPrinter, IconTags } from "@tabler/icons-react";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../../shared/format/use-format.ts";
import { useShortcut } from "../../../shared/keyboard/use-shortcut.ts";
import { Empty } from "../../../shared/page/empty.tsx";
import { ActionKey, PageAction } from "../../../shared/page/page.tsx";
import { Panel } from "../../../shared/page/panel.tsx";
import { ErrorPanel } from "../../../shared/problems/error-panel.tsx";
import { Waiting } from "../../../shared/waiting/waiting.tsx";
import { ProductPicker } from "../picking/product-picker.tsx";
import { useScanner } from "../scan/use-scanner.ts";
import type { LabelContent } from "./label.tsx";
import { LabelChoice } from "./label-choice.tsx";
import { formatOf } from "./label-formats.ts";
import { LabelList } from "./label-list.tsx";
import { labelPages, labelsMax } from "./label-pages.ts";
import { LabelPreview } from "./label-preview.tsx";
import styles from "./labels-page.module.css";
import { PrintedSheets } from "./printed-sheets.tsx";
import { useBarcodes } from "./use-barcodes.ts";
import { type LabelProduct, labelsIn, useLabelList } from "./use-label-list.ts";
import { useWantedLabels } from "./use-wanted-labels.ts";

const everything: LabelContent = { hasPrice: true, hasUnitPrice: true };

/** Labels for shelves and pieces: chosen by scan, search or from another list, seen to scale, printed to the millimetre. */
export default function LabelsPage() {
  const { t } = useTranslation("inventory");
  const numbers = useFormat();
  const list = useLabelList();
  const [formatId, setFormatId] = useLocalStorage<string | null>({
    key: "bodega.labels.format",
    defaultValue: null,
    getInitialValueInEffect: false,
  });
  const [content, setContent] = useLocalStorage<LabelContent>({
    key: "bodega.labels.content",
    defaultValue: everything,
    getInitialValueInEffect: false,
  });
  const [startAt, setStartAt] = useState(1);
  const { barcodes, error, retry } = useBarcodes(list.orders);
  const wanted = useWantedLabels(list.add);
  const format = formatOf(formatId);
  const labels = useMemo(() => labelsIn(list.orders), [list.orders]);
  const pages = useMemo(() => labelPages(labels, format, startAt), [labels, format, startAt]);
  const isReady = barcodes !== null && labels.length > 0;
  const print = () => window.print();
  useShortcut("p", print, isReady);
  const pick = (product: LabelProduct) => list.add([{ product, copies: 1 }]);
  useScanner(({ product }) => pick(product));

  return (
    <>
      <PageAction>
        <Button leftSection={<IconPrinter size={16} aria-hidden />} disabled={!isReady} onClick={print}>
          {t("labels.print", { count: labels.length, figure: numbers.number(labels.length) })}
          <ActionKey>P</ActionKey>
        </Button>
      </PageAction>
      <div className={styles.columns}>
        <div className={styles.column}>
          <Panel
            title={t("labels.title")}
            aside={
              list.orders.length > 0 && (
                <Button size="compact-sm" variant="subtle" color="gray" onClick={list.clear}>
                  {t("labels.clear")}
                </Button>
              )
            }
          >
            <ProductPicker label={t("labels.add")} onPick={pick} />
            {wanted.isLoading && <Waiting label={t("labels.collecting")} />}
            {wanted.error !== null && <ErrorPanel error={wanted.error} isCompact onRetry={wanted.retry} />}
            {list.orders.length === 0 && !wanted.isLoading ? (
              <Empty icon={IconTags} title={t("labels.empty")}>
                {t("labels.emptyText")}
              </Empty>
            ) : (
              <LabelList list={list} barcodes={barcodes} format={format} />
            )}
            {labels.length > labelsMax && (
              <Text c="dimmed">{t("labels.tooMany", { figure: numbers.number(labelsMax) })}</Text>
            )}
          </Panel>
        </div>
        <div className={styles.column}>
          <Panel title={t("labels.paper")}>
            <LabelChoice
              format={format}
              onFormat={(id) => {
                setFormatId(id);
                setStartAt(1);
              }}
              content={content}
              onContent={setContent}
              startAt={startAt}
              onStartAt={setStartAt}
            />
          </Panel>
          {error !== null && <ErrorPanel error={error} onRetry={retry} />}
          {barcodes === null && error === null && <Waiting label={t("labels.preparing")} />}
          {barcodes !== null && (
            <>
              <LabelPreview pages={pages} format={format} content={content} barcodes={barcodes} />
              <PrintedSheets pages={pages} format={format} content={content} barcodes={barcodes} />
            </>
          )}
        </div>
      </div>
    </>
  );
}
