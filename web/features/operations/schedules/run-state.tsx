import { Group, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { RelativeTime } from "../../../shared/format/relative-time.tsx";
import { useFormat } from "../../../shared/format/use-format.ts";
import { Chip } from "../../../shared/page/chip.tsx";
import { Clipped } from "../../../shared/page/clipped.tsx";
import type { ScheduleRun } from "../queries.ts";
import { runTones } from "../tones.ts";
import { failureText } from "../words.ts";

/** How a run ended, and when it began. */
export function RunState({ run }: { readonly run: ScheduleRun }) {
  const { t } = useTranslation("operations");
  return (
    <Group gap="xs" wrap="nowrap">
      <Chip tone={runTones[run.status]}>{t(`schedules.runStates.${run.status}`)}</Chip>
      <Text size="xs" c="dimmed" component="span">
        <RelativeTime at={run.startedAt} />
      </Text>
    </Group>
  );
}

/** What it did, or why it did not: counts in the server's words. */
export function RunResult({ run }: { readonly run: ScheduleRun }) {
  const { t } = useTranslation("operations");
  const format = useFormat();
  if (run.error !== null) return <Clipped text={failureText(run.error, t)} details={run.error} />;
  if (run.reason !== null) return <>{t(`schedules.reasons.${run.reason}`)}</>;
  const counts = Object.entries(run.report ?? {}).filter(([, count]) => count !== 0);
  if (counts.length === 0) return <>{run.status === "done" ? t("schedules.nothingDone") : "–"}</>;
  return <span lang="en">{counts.map(([name, count]) => `${name} ${format.number(count)}`).join(" · ")}</span>;
}
