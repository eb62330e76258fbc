import { Button, Code, CopyButton, Group, Text } from "@mantine/core";
import { IconAlertCircle, IconCheck, IconCopy, IconRefresh } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import styles from "./error-panel.module.css";
import { type Attempt, type Explanation, explain } from "./explain.ts";

export interface ErrorPanelProps {
  readonly error: unknown;
  readonly attempt?: Attempt;
  readonly onRetry?: () => void;
  /** Further ways out, after the first. */
  readonly children?: ReactNode;
  readonly isCompact?: boolean;
  /** Better words than those of the code alone. */
  readonly words?: Pick<Explanation, "happened" | "kept" | "todo">;
}

/** What happened, what was kept, what to do; and the request id to copy. Read out as soon as it appears. */
export function ErrorPanel({
  error,
  attempt = "reading",
  onRetry,
  children,
  isCompact = false,
  words,
}: ErrorPanelProps) {
  const { t } = useTranslation();
  const explained = explain(error, attempt, t);
  const { happened, kept, todo, requestId } = { ...explained, ...words };
  const detail = words === undefined ? explained.detail : null;
  return (
    <div className={styles.panel} role="alert" data-compact={isCompact || undefined}>
      <IconAlertCircle className={styles.icon} size={20} aria-hidden />
      <div className={styles.body}>
        <Text fw={600}>{happened}</Text>
        {detail !== null && (
          <Text size="xs" c="dimmed" lang="en">
            {detail}
          </Text>
        )}
        <dl className={styles.parts}>
          <dt>{t("error.kept")}</dt>
          <dd>{kept}</dd>
          <dt>{t("error.todo")}</dt>
          <dd>{todo}</dd>
        </dl>
        <Group gap="xs">
          {onRetry !== undefined && (
            <Button size="xs" variant="default" leftSection={<IconRefresh size={14} aria-hidden />} onClick={onRetry}>
              {t("error.retry")}
            </Button>
          )}
          {children}
          {requestId !== null && <RequestId requestId={requestId} />}
        </Group>
      </div>
    </div>
  );
}

function RequestId({ requestId }: { readonly requestId: string }) {
  const { t } = useTranslation();
  return (
    <Group gap={4} className={styles.request}>
      <Text size="xs" c="dimmed">
        {t("error.requestId")}
      </Text>
      <Code className={styles.id}>{requestId}</Code>
      <CopyButton value={requestId}>
        {({ copied, copy }) => (
          <Button
            size="compact-xs"
            variant="subtle"
            color="gray"
            leftSection={copied ? <IconCheck size={12} aria-hidden /> : <IconCopy size={12} aria-hidden />}
            onClick={copy}
          >
            {copied ? t("error.copied") : t("error.copy")}
          </Button>
        )}
      </CopyButton>
    </Group>
  );
}
