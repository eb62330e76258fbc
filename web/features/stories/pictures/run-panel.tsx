import { Button, Group, Progress, Text } from "@mantine/core";
import { IconPencil, IconPlayerStop, IconRefresh } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { notify } from "../../../shared/problems/notify.ts";
import { client } from "../../../shared/server/client.ts";
import { once } from "../../../shared/server/idempotency.ts";
import { useAction } from "../../../shared/server/use-action.ts";
import { type Story, type StoryRun, storyKeys } from "../story-queries.ts";
import { useCodeText } from "./code-text.ts";
import styles from "./pictures.module.css";
import { useElapsedPast } from "./use-elapsed-past.ts";

export interface RunPanelProps {
  readonly story: Story;
  readonly run: StoryRun;
  readonly onRetry: () => void;
  readonly isRetrying: boolean;
}

/** From when on a run is said to take longer than usual (requirement 05). */
const slowAfterMs = 35_000;

/** How a run goes; once it is over, only what a person has to know of it. */
export function RunPanel({ story, run, onRetry, isRetrying }: RunPanelProps) {
  if (!run.isOver) return <UnderWay story={story} run={run} />;
  if (run.code === "POLICY_BLOCKED" || run.images.some(({ code }) => code === "POLICY_BLOCKED")) {
    return <PolicyNotice storyId={story.id} />;
  }
  if (run.state === "failed" || run.state === "partial") {
    return <Trouble story={story} run={run} onRetry={onRetry} isRetrying={isRetrying} />;
  }
  return run.consistencyLost ? <ConsistencyNote /> : null;
}

function UnderWay({ story, run }: Pick<RunPanelProps, "story" | "run">) {
  const { t } = useTranslation("stories");
  const isSlow = useElapsedPast(run.startedAt, slowAfterMs);
  const done = run.images.filter(({ state }) => state === "done" || state === "kept" || state === "failed").length;
  const total = run.images.length;
  const cancel = useAction({
    name: "cancel-run",
    target: () => run.id,
    run: (_, { idempotencyKey }) =>
      client.http.POST("/v1/stories/{id}/illustrations/{runId}/cancel", {
        ...once(idempotencyKey),
        params: { path: { id: story.id, runId: run.id } },
      }),
    refreshes: [storyKeys.one(story.id)],
    onDone: () => notify({ message: t("run.cancelled") }),
  });
  return (
    <section className={styles.run} aria-label={t("run.label")}>
      <Group justify="space-between">
        <Text fw={600} role="status">
          {t("run.progress", { done, total })}
        </Text>
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconPlayerStop size={14} aria-hidden />}
          loading={cancel.isPending}
          onClick={() => cancel.mutate()}
        >
          {t("run.cancel")}
        </Button>
      </Group>
      <Progress value={(done / Math.max(1, total)) * 100} aria-label={t("run.label")} />
      {run.characterCacheHit && (
        <Text size="xs" c="dimmed">
          {t("run.cacheHit")}
        </Text>
      )}
      {isSlow && (
        <Text size="sm" c="dimmed" role="status">
          {t("run.slow")}
        </Text>
      )}
      {run.consistencyLost && <ConsistencyNote />}
    </section>
  );
}

function ConsistencyNote() {
  const { t } = useTranslation("stories");
  return (
    <Text size="sm" c="dimmed" role="status">
      {t("run.consistencyLost")}
    </Text>
  );
}

function Trouble({ story, run, onRetry, isRetrying }: RunPanelProps) {
  const { t } = useTranslation("stories");
  const textOf = useCodeText();
  return (
    <section className={styles.run} role="alert">
      <Text fw={600}>{run.state === "failed" ? t("run.failed") : t("run.partial")}</Text>
      <Text>{textOf(run.code)}</Text>
      <Group gap="xs">
        <Button
          size="xs"
          variant="default"
          leftSection={<IconRefresh size={14} aria-hidden />}
          loading={isRetrying}
          onClick={onRetry}
        >
          {t("run.retry")}
        </Button>
        <EditScenes storyId={story.id} label={t("run.editScenes")} />
      </Group>
    </section>
  );
}

/** A refusal is explained and not routed around; what helps is another description. */
function PolicyNotice({ storyId }: { readonly storyId: string }) {
  const { t } = useTranslation("stories");
  return (
    <section className={styles.run} role="alert">
      <Text fw={600}>{t("policy.title")}</Text>
      <Text>{t("policy.words")}</Text>
      <ul className={styles.advice}>
        <li>{t("policy.advice1")}</li>
        <li>{t("policy.advice2")}</li>
        <li>{t("policy.advice3")}</li>
      </ul>
      <Group>
        <EditScenes storyId={storyId} label={t("policy.edit")} />
      </Group>
    </section>
  );
}

function EditScenes({ storyId, label }: { readonly storyId: string; readonly label: string }) {
  return (
    <Button
      component={Link}
      to={`/stories/${storyId}/text`}
      size="xs"
      variant="default"
      leftSection={<IconPencil size={14} aria-hidden />}
    >
      {label}
    </Button>
  );
}
