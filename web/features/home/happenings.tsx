import { useQueries } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Sparkline } from "../../shared/charts/sparkline.tsx";
import type { Happening } from "../../shared/feature/feature.ts";
import { useFeatures } from "../../shared/feature/features-context.ts";
import { useLanguage } from "../../shared/i18n/use-language.ts";
import { Panel } from "../../shared/page/panel.tsx";
import { ErrorPanel } from "../../shared/problems/error-panel.tsx";
import { may, useMe } from "../../shared/session/me.ts";
import { Waiting } from "../../shared/waiting/waiting.tsx";
import styles from "./home-page.module.css";

/** What happened? Today's figures, each beside how it went over the last days. */
export function Happenings() {
  const { t } = useTranslation("home");
  const me = useMe();
  const language = useLanguage();
  const sources = useFeatures().flatMap(({ name, happenings }) =>
    happenings !== undefined && may(me, happenings.permission) ? [{ name, happenings }] : [],
  );
  const answers = useQueries({
    queries: sources.map(({ name, happenings }) => ({
      queryKey: ["home", "happenings", name, language],
      queryFn: ({ signal }: { readonly signal: AbortSignal }) => happenings.load(language, signal),
      refetchInterval: 30_000,
    })),
  });
  if (sources.length === 0) return null;
  return (
    <Panel title={t("happened")} isFlush>
      {answers.map(({ data, error, refetch }, index) => (
        <div key={sources[index]?.name ?? index} className={styles.figures}>
          {data !== undefined && <Figures happenings={data} />}
          {data === undefined && error !== null && (
            <ErrorPanel error={error} isCompact onRetry={() => void refetch()} />
          )}
          {data === undefined && error === null && (
            <div className={styles.waiting}>
              <Waiting />
            </div>
          )}
        </div>
      ))}
    </Panel>
  );
}

function Figures({ happenings }: { readonly happenings: readonly Happening[] }) {
  return (
    <ul className={styles.rows}>
      {happenings.map(({ id, label, figure, detail, history, historyLabel, path }) => (
        <li key={id}>
          <Link to={path} className={styles.happening}>
            <span>
              {label}
              <span className={styles.figure}>{figure}</span>
              {detail !== undefined && <span className={styles.detail}>{detail}</span>}
            </span>
            <Sparkline values={history} label={historyLabel} />
          </Link>
        </li>
      ))}
    </ul>
  );
}
