import { IconAlarm } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../../shared/format/use-format.ts";
import { Empty } from "../../../shared/page/empty.tsx";
import { MoreRows } from "../../../shared/page/more-rows.tsx";
import { Queried } from "../../../shared/page/queried.tsx";
import { Sheet } from "../../../shared/page/sheet.tsx";
import { scheduleRunsQuery } from "../queries.ts";
import { scheduleName } from "../words.ts";
import { RunResult, RunState } from "./run-state.tsx";
import styles from "./runs-sheet.module.css";

export function RunsSheet({ name, onClose }: { readonly name: string | null; readonly onClose: () => void }) {
  const { t } = useTranslation("operations");
  const title = name === null ? "" : t("schedules.runs", { name: scheduleName(name, t) });
  return (
    <Sheet title={title} isOpen={name !== null} onClose={onClose}>
      {name !== null && <Runs name={name} />}
    </Sheet>
  );
}

function Runs({ name }: { readonly name: string }) {
  const { t } = useTranslation("operations");
  const format = useFormat();
  const runs = useInfiniteQuery(scheduleRunsQuery(name));
  return (
    <Queried query={runs}>
      {({ pages }) => {
        const items = pages.flatMap((page) => page.items.filter((run) => run !== null));
        if (items.length === 0) {
          return (
            <Empty icon={IconAlarm} title={t("schedules.noRuns")}>
              {t("schedules.noRunsText")}
            </Empty>
          );
        }
        return (
          <>
            <ol className={styles.runs}>
              {items.map((run) => (
                <li key={`${run.scheduledAt} ${run.cause}`}>
                  <div className={styles.head}>
                    <RunState run={run} />
                    <span className={styles.took}>
                      {run.durationMs === null ? "" : format.duration(run.durationMs)}
                    </span>
                  </div>
                  <div className={styles.result}>
                    {t(`schedules.causes.${run.cause}`)} · <RunResult run={run} />
                  </div>
                </li>
              ))}
            </ol>
            <div className={styles.foot}>
              <MoreRows query={runs} />
            </div>
          </>
        );
      }}
    </Queried>
  );
}
