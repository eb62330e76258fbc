import { IconStack2 } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import type { TFunction } from "i18next";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { RelativeTime } from "../../../shared/format/relative-time.tsx";
import { Chip } from "../../../shared/page/chip.tsx";
import { Clipped } from "../../../shared/page/clipped.tsx";
import { Empty } from "../../../shared/page/empty.tsx";
import { FilterBar } from "../../../shared/page/filter-bar.tsx";
import { MoreRows } from "../../../shared/page/more-rows.tsx";
import { Panel } from "../../../shared/page/panel.tsx";
import { Queried } from "../../../shared/page/queried.tsx";
import { type Column, DataTable } from "../../../shared/table/data-table.tsx";
import { isOneOf, jobStates } from "../filters.ts";
import { type Job, jobsQuery } from "../queries.ts";
import { jobTones } from "../tones.ts";
import { failureText, taskName } from "../words.ts";
import { JobActions } from "./job-actions.tsx";
import { JobSheet } from "./job-sheet.tsx";

const route = getRouteApi("/shell/operations/jobs");

export default function JobsPage() {
  const { t } = useTranslation("operations");
  const { state } = route.useSearch();
  const jobs = useInfiniteQuery(jobsQuery(state));
  const [opened, setOpened] = useState<Job | null>(null);
  const isDead = state === "dead";
  return (
    <>
      <StateFilter />
      <Queried query={jobs}>
        {({ pages }) => {
          const rows = pages.flatMap(({ items }) => items);
          return (
            <Panel isFlush>
              {rows.length === 0 ? (
                <Empty icon={IconStack2} title={t(isDead ? "jobs.emptyDead" : "jobs.empty")}>
                  {t(isDead ? "jobs.emptyDeadText" : "jobs.emptyText")}
                </Empty>
              ) : (
                <DataTable
                  id="jobs"
                  label={t("tabs.jobs")}
                  columns={columnsOf(t)}
                  rows={rows}
                  rowKey={({ id }) => id}
                  onOpen={setOpened}
                  foot={<MoreRows query={jobs} />}
                />
              )}
            </Panel>
          );
        }}
      </Queried>
      <JobSheet job={opened} onClose={() => setOpened(null)} />
    </>
  );
}

function StateFilter() {
  const { t } = useTranslation("operations");
  const { state } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <FilterBar
      label={t("jobs.filter")}
      value={state ?? "all"}
      choices={[
        { value: "all", label: t("jobs.all") },
        ...jobStates.map((value) => ({ value, label: t(`jobs.states.${value}`) })),
      ]}
      onChoose={(value) => void navigate({ search: isOneOf(jobStates, value) ? { state: value } : {}, replace: true })}
    />
  );
}

function columnsOf(t: TFunction<"operations">): readonly Column<Job>[] {
  return [
    { id: "task", header: t("jobs.columns.task"), cell: ({ task }) => taskName(task, t) },
    {
      id: "state",
      header: t("jobs.columns.state"),
      cell: ({ state }) => <Chip tone={jobTones[state]}>{t(`jobs.states.${state}`)}</Chip>,
    },
    {
      id: "attempts",
      header: t("jobs.columns.attempts"),
      isFigure: true,
      cell: ({ attempts, attemptsMax }) => t("jobs.attemptsOf", { attempts, max: attemptsMax }),
    },
    {
      id: "error",
      header: t("jobs.columns.error"),
      cell: ({ lastError }) => lastError !== null && <Clipped text={failureText(lastError, t)} details={lastError} />,
    },
    { id: "runAt", header: t("jobs.columns.runAt"), cell: ({ runAt }) => <RelativeTime at={runAt} /> },
    {
      id: "created",
      header: t("jobs.columns.created"),
      isHidden: true,
      cell: ({ createdAt }) => <RelativeTime at={createdAt} />,
    },
    { id: "actions", header: t("jobs.columns.actions"), cell: (job) => <JobActions job={job} isCompact /> },
  ];
}
