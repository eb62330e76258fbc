import { Button, Group, Loader, Progress, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useWaitingPhase } from "./use-elapsed.ts";
import styles from "./waiting.module.css";

export interface WaitingProps {
  /** What is being waited for: «Guardando el producto…». */
  readonly label?: string;
  /** From 0 to 1, where it is known. */
  readonly progress?: number;
  /** Stops waiting; whoever offers it then finds out, by the same key, what really happened. */
  readonly onCancel?: () => void;
}

/**
 * Nothing for the first second, then words and progress, and after three that it takes longer than usual, with Cancel.
 * Never a spinner without words.
 */
export function Waiting({ label, progress, onCancel }: WaitingProps) {
  const { t } = useTranslation();
  const phase = useWaitingPhase(true);
  return (
    <div className={styles.waiting} role="status" aria-live="polite">
      {phase !== "short" && (
        <>
          <Group gap="xs" wrap="nowrap">
            <Loader size="xs" aria-hidden />
            <Text>{label ?? t("waiting.loading")}</Text>
          </Group>
          {progress !== undefined && (
            <Progress className={styles.progress} value={progress * 100} aria-label={label ?? t("waiting.loading")} />
          )}
          {phase === "long" && (
            <Group gap="xs">
              <Text c="dimmed">{t("waiting.slow")}</Text>
              {onCancel !== undefined && (
                <Button size="compact-sm" variant="default" onClick={onCancel}>
                  {t("waiting.cancel")}
                </Button>
              )}
            </Group>
          )}
        </>
      )}
    </div>
  );
}
