import { ActionIcon, Button, Indicator, Tooltip } from "@mantine/core";
import { IconBarcode, IconCamera, IconListDetails, IconSettings } from "@tabler/icons-react";
import { type ReactNode, useState, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { useMay } from "../../../shared/session/me.ts";
import { canUseCamera } from "./barcode-detector.ts";
import { CameraScan } from "./camera-scan.tsx";
import styles from "./scan-bar.module.css";
import type { ScanEntry } from "./scan-desk.ts";
import { ScanList } from "./scan-list.tsx";
import { ScannerSettings } from "./scanner-settings.tsx";
import { UnknownCode } from "./unknown-code.tsx";
import { useEntryWords } from "./use-entry-words.ts";
import { useScanDesk } from "./use-scanner.ts";

/** That one may scan, what came of it last, and where the rest of it is. */
export function ScanBar() {
  const { t } = useTranslation("inventory");
  const desk = useScanDesk();
  const entries = useSyncExternalStore(desk.subscribe, desk.entries);
  const wordsOf = useEntryWords();
  const [opened, setOpened] = useState<"list" | "camera" | "settings" | null>(null);
  const [asked, setAsked] = useState<ScanEntry | null>(null);
  const mayCreate = useMay("stock:write");
  const [last] = entries;
  const words = last === undefined ? null : wordsOf(last);
  const close = () => setOpened(null);
  return (
    <section className={styles.bar} aria-label={t("scan.label")} data-tone={words?.tone}>
      <IconBarcode className={styles.glyph} size={20} aria-hidden />
      <p className={styles.words} role="status" title={t("scan.readyHint")}>
        {words?.sentence ?? t("scan.ready")}
      </p>
      {last?.outcome.kind === "unknown" && !last.code.isMisread && (
        <Button size="compact-sm" variant="default" onClick={() => setAsked(last)}>
          {t("scan.resolve")}
        </Button>
      )}
      {last?.outcome.kind === "failed" && (
        <Button size="compact-sm" variant="default" onClick={() => desk.retry(last)}>
          {t("scan.retry")}
        </Button>
      )}
      <span className={styles.tools}>
        {canUseCamera() && (
          <Tool label={t("scan.camera")} onClick={() => setOpened("camera")}>
            <IconCamera size={20} aria-hidden />
          </Tool>
        )}
        <Tool label={t("scan.listOpen", { count: entries.length })} onClick={() => setOpened("list")}>
          <Indicator offset={2} label={entries.length} size={16} disabled={entries.length === 0} color="gray">
            <IconListDetails size={20} aria-hidden />
          </Indicator>
        </Tool>
        <Tool label={t("scan.settings")} onClick={() => setOpened("settings")}>
          <IconSettings size={20} aria-hidden />
        </Tool>
      </span>
      <ScanList isOpen={opened === "list"} entries={entries} onClose={close} onAsk={setAsked} />
      <ScannerSettings isOpen={opened === "settings"} onClose={close} />
      {opened === "camera" && <CameraScan onClose={close} />}
      <UnknownCode entry={asked} mayCreate={mayCreate} onClose={() => setAsked(null)} />
    </section>
  );
}

interface ToolProps {
  readonly label: string;
  readonly onClick: () => void;
  readonly children: ReactNode;
}

function Tool({ label, onClick, children }: ToolProps) {
  return (
    <Tooltip label={label}>
      <ActionIcon className={styles.tool} aria-label={label} onClick={onClick}>
        {children}
      </ActionIcon>
    </Tooltip>
  );
}
