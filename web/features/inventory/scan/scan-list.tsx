import { Button, Group } from "@mantine/core";
import { IconBarcode } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { RelativeTime } from "../../../shared/format/relative-time.tsx";
import { Empty } from "../../../shared/page/empty.tsx";
import { Sheet } from "../../../shared/page/sheet.tsx";
import type { ScanEntry } from "./scan-desk.ts";
import styles from "./scan-list.module.css";
import { useEntryWords } from "./use-entry-words.ts";
import { useScanDesk } from "./use-scanner.ts";

export interface ScanListProps {
  readonly isOpen: boolean;
  readonly entries: readonly ScanEntry[];
  readonly onClose: () => void;
  /** Somebody wants to say what an unknown code is. */
  readonly onAsk: (entry: ScanEntry) => void;
}

/** What was scanned on this page, the last on top. */
export function ScanList({ isOpen, entries, onClose, onAsk }: ScanListProps) {
  const { t } = useTranslation("inventory");
  const desk = useScanDesk();
  const wordsOf = useEntryWords();
  return (
    <Sheet title={t("scan.list")} isOpen={isOpen} onClose={onClose}>
      {entries.length === 0 && (
        <Empty icon={IconBarcode} title={t("scan.empty")}>
          {t("scan.emptyText")}
        </Empty>
      )}
      <ol className={styles.list}>
        {entries.map((entry) => {
          const { tone, sentence } = wordsOf(entry);
          return (
            <li key={entry.id} className={styles.entry} data-tone={tone}>
              <div className={styles.words}>
                <span>{sentence}</span>
                <span className={styles.detail}>
                  {entry.code.text} · <RelativeTime at={new Date(entry.atMs).toISOString()} />
                </span>
              </div>
              {entry.outcome.kind === "unknown" && (
                <Button size="compact-sm" variant="default" onClick={() => onAsk(entry)}>
                  {t("scan.resolve")}
                </Button>
              )}
              {entry.outcome.kind === "failed" && (
                <Button size="compact-sm" variant="default" onClick={() => desk.retry(entry)}>
                  {t("scan.retry")}
                </Button>
              )}
            </li>
          );
        })}
      </ol>
      {entries.length > 0 && (
        <Group justify="flex-end" mt="md">
          <Button variant="subtle" color="gray" onClick={desk.clear}>
            {t("scan.clear")}
          </Button>
        </Group>
      )}
    </Sheet>
  );
}
