import { Button, Group, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ConfirmDialog } from "../../../shared/page/confirm-dialog.tsx";
import { client } from "../../../shared/server/client.ts";
import { once } from "../../../shared/server/idempotency.ts";
import { useAction } from "../../../shared/server/use-action.ts";
import { type Job, operationsKeys } from "../queries.ts";

export interface JobActionsProps {
  readonly job: Job;
  readonly isCompact?: boolean;
  readonly onDone?: () => void;
}

/** Retry what failed or waits; take off the queue, after asking, whatever does not run right now. */
export function JobActions({ job, isCompact = false, onDone }: JobActionsProps) {
  const { t } = useTranslation("operations");
  const [isAsking, setIsAsking] = useState(false);
  const done = (message: string) => {
    notifications.show({ message });
    setIsAsking(false);
    onDone?.();
  };
  const retry = useAction({
    name: "retry-job",
    target: ({ id }: Job) => id,
    run: ({ id }, { idempotencyKey }) =>
      client.http.POST("/v1/operations/jobs/{id}/retry", { params: { path: { id } }, ...once(idempotencyKey) }),
    refreshes: [operationsKeys.all],
    onDone: () => done(t("jobs.retried")),
  });
  const cancel = useAction({
    name: "cancel-job",
    target: ({ id }: Job) => id,
    run: ({ id }, { idempotencyKey }) =>
      client.http.POST("/v1/operations/jobs/{id}/cancel", { params: { path: { id } }, ...once(idempotencyKey) }),
    refreshes: [operationsKeys.all],
    onDone: () => done(t("jobs.cancelled")),
  });
  if (job.state === "running") return null;
  const size = isCompact ? "compact-xs" : "xs";
  return (
    <>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the row behind it must not open */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: see above */}
      <div onClick={(event) => event.stopPropagation()}>
        <Group gap={4} wrap="nowrap">
          {(job.state === "dead" || job.state === "retrying") && (
            <Button size={size} variant="light" loading={retry.isPending} onClick={() => retry.mutate(job)}>
              {t("jobs.retry")}
            </Button>
          )}
          <Button size={size} variant="subtle" color="gray" onClick={() => setIsAsking(true)}>
            {t("jobs.cancel")}
          </Button>
        </Group>
        <ConfirmDialog
          isOpen={isAsking}
          title={t("jobs.cancelTitle")}
          keep={t("jobs.keep")}
          onKeep={() => setIsAsking(false)}
          act={t("jobs.cancel")}
          onAct={() => cancel.mutate(job)}
          isFinal
          isBusy={cancel.isPending}
        >
          <Text>{t("jobs.cancelText")}</Text>
        </ConfirmDialog>
      </div>
    </>
  );
}
