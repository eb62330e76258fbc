import { useServerEvents } from "@bodega/sdk/react";
import { Button } from "@mantine/core";
import { IconPlant2 } from "@tabler/icons-react";
import { useQueries, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Attention } from "../../shared/feature/feature.ts";
import { useFeatures } from "../../shared/feature/features-context.ts";
import { RelativeTime } from "../../shared/format/relative-time.tsx";
import { useLanguage } from "../../shared/i18n/use-language.ts";
import { Chip } from "../../shared/page/chip.tsx";
import { Empty } from "../../shared/page/empty.tsx";
import { Panel } from "../../shared/page/panel.tsx";
import { ErrorPanel } from "../../shared/problems/error-panel.tsx";
import { may, useMe } from "../../shared/session/me.ts";
import { Waiting } from "../../shared/waiting/waiting.tsx";
import styles from "./home-page.module.css";

const weights = { bad: 0, warning: 1, info: 2 };

/** What needs me? Worst first; each row ends in the action. */
export function AttentionList() {
  const { t } = useTranslation("home");
  const me = useMe();
  const language = useLanguage();
  const sources = useFeatures().flatMap(({ name, attention = [] }) =>
    attention
      .filter(({ permission }) => may(me, permission))
      .map((source) => ({ ...source, key: `${name}.${source.id}` })),
  );
  const answers = useQueries({
    queries: sources.map(({ key, load }) => ({
      queryKey: ["home", "attention", key, language],
      queryFn: ({ signal }: { readonly signal: AbortSignal }) => load(language, signal),
      refetchInterval: 60_000,
    })),
  });
  const rows = answers
    .flatMap(({ data = [] }, index) => data.map((row) => ({ ...row, key: `${sources[index]?.key}.${row.id}` })))
    .toSorted((one, other) => weights[one.severity] - weights[other.severity]);
  const failed = answers.filter(({ data, error }) => data === undefined && error !== null);
  const isWaiting = answers.some(({ isPending }) => isPending);
  const topics = [...new Set(sources.flatMap((source) => source.topics ?? []))];
  return (
    <Panel title={t("attention")} isFlush>
      {topics.map((topic) => (
        <Refresh key={topic} topic={topic} />
      ))}
      <ul className={styles.rows}>
        {rows.map(({ key, ...row }) => (
          <Row key={key} row={row} />
        ))}
      </ul>
      {failed.map(({ error, refetch }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they have nothing else
        <ErrorPanel key={index} error={error} isCompact onRetry={() => void refetch()} />
      ))}
      {isWaiting && (
        <div className={styles.waiting}>
          <Waiting />
        </div>
      )}
      {!isWaiting && rows.length === 0 && failed.length === 0 && (
        <Empty icon={IconPlant2} title={t("nothing")}>
          {t("nothingText")}
        </Empty>
      )}
    </Panel>
  );
}

/** Something happened in `topic`: what it may have changed is looked at again. */
function Refresh({ topic }: { readonly topic: string }) {
  const queryClient = useQueryClient();
  useServerEvents(topic, () => void queryClient.invalidateQueries({ queryKey: ["home"] }));
  return null;
}

function Row({ row }: { readonly row: Attention }) {
  const { t } = useTranslation("home");
  const { severity, title, detail, at, action } = row;
  return (
    <li className={styles.row}>
      <div className={styles.what}>
        <span className={styles.title}>
          {title}
          <Chip tone={severity}>{t(`severity.${severity}`)}</Chip>
        </span>
        {(detail !== undefined || at !== undefined) && (
          <span className={styles.detail}>
            {detail} {at !== undefined && <RelativeTime at={at} />}
          </span>
        )}
      </div>
      <Button component={Link} to={action.path} size="xs" variant="light">
        {action.label}
      </Button>
    </li>
  );
}
