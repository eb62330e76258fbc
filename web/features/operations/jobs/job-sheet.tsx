import { Code, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { RelativeTime } from "../../../shared/format/relative-time.tsx";
import { Chip } from "../../../shared/page/chip.tsx";
import { Facts } from "../../../shared/page/facts.tsx";
import { Sheet } from "../../../shared/page/sheet.tsx";
import type { Job } from "../queries.ts";
import { jobTones } from "../tones.ts";
import { failureText, taskName } from "../words.ts";
import { JobActions } from "./job-actions.tsx";

export function JobSheet({ job, onClose }: { readonly job: Job | null; readonly onClose: () => void }) {
  const { t } = useTranslation("operations");
  return (
    <Sheet title={t("jobs.details", { id: job?.id ?? "" })} isOpen={job !== null} onClose={onClose}>
      {job !== null && (
        <Stack>
          <Facts
            facts={[
              [t("jobs.columns.task"), taskName(job.task, t)],
              [
                t("jobs.columns.state"),
                <Chip key="state" tone={jobTones[job.state]}>
                  {t(`jobs.states.${job.state}`)}
                </Chip>,
              ],
              [t("jobs.columns.attempts"), t("jobs.attemptsOf", { attempts: job.attempts, max: job.attemptsMax })],
              [t("jobs.columns.runAt"), <RelativeTime key="run" at={job.runAt} />],
              [t("jobs.columns.created"), <RelativeTime key="created" at={job.createdAt} />],
              ...(job.traceparent === null
                ? []
                : [[t("jobs.trace"), <Code key="trace">{job.traceparent}</Code>] as const]),
            ]}
          />
          {job.lastError !== null && (
            <div>
              <Text c="dimmed">{t("jobs.columns.error")}</Text>
              <Text mb="xs">{failureText(job.lastError, t)}</Text>
              <Code block lang="en">
                {job.lastError}
              </Code>
            </div>
          )}
          <div>
            <Text c="dimmed">{t("jobs.payload")}</Text>
            <Code block>{JSON.stringify(job.payload, null, 2)}</Code>
          </div>
          <JobActions job={job} onDone={onClose} />
        </Stack>
      )}
    </Sheet>
  );
}
