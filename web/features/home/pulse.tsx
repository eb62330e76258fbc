import { IconAlertTriangle, IconCircleCheck, IconUrgent } from "@tabler/icons-react";
import { useQueries } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useFeatures } from "../../shared/feature/features-context.ts";
import { useLanguage } from "../../shared/i18n/use-language.ts";
import { ErrorPanel } from "../../shared/problems/error-panel.tsx";
import { may, useMe } from "../../shared/session/me.ts";
import { Waiting } from "../../shared/waiting/waiting.tsx";
import styles from "./home-page.module.css";

const icons = { good: IconCircleCheck, warning: IconAlertTriangle, bad: IconUrgent };

const worstFirst = ["bad", "warning"] as const;

/** Is everything all right? One sentence when it is; else one for each feature in which it is not, the worst first. */
export function Pulse() {
  const { t } = useTranslation("home");
  const me = useMe();
  const language = useLanguage();
  const sources = useFeatures().flatMap(({ name, pulse }) =>
    pulse !== undefined && may(me, pulse.permission) ? [{ name, pulse }] : [],
  );
  const answers = useQueries({
    queries: sources.map(({ name, pulse }) => ({
      queryKey: ["home", "pulse", name, language],
      queryFn: ({ signal }: { readonly signal: AbortSignal }) => pulse.load(language, signal),
      refetchInterval: 30_000,
    })),
  });
  if (sources.length === 0) return null;
  const wrong = answers
    .flatMap(({ data }) => data ?? [])
    .toSorted((one, other) => worstFirst.indexOf(one.state) - worstFirst.indexOf(other.state));
  const unknown = answers.flatMap(({ data, error, refetch }, index) =>
    data === undefined ? [{ name: sources[index]?.name, error, refetch }] : [],
  );
  return (
    <div className={styles.pulses}>
      {wrong.map((pulse) => (
        <Link key={pulse.path} to={pulse.path} className={styles.pulse} data-state={pulse.state}>
          <Sentence {...pulse} />
        </Link>
      ))}
      {unknown.map(({ name, error, refetch }) =>
        error === null ? (
          <Waiting key={name} label={t("checking")} />
        ) : (
          <ErrorPanel key={name} error={error} isCompact onRetry={() => void refetch()} />
        ),
      )}
      {wrong.length === 0 && unknown.length === 0 && (
        <p className={styles.pulse} data-state="good">
          <Sentence state="good" sentence={t("allGood")} />
        </p>
      )}
    </div>
  );
}

function Sentence({ state, sentence }: { readonly state: keyof typeof icons; readonly sentence: string }) {
  const Glyph = icons[state];
  return (
    <>
      <Glyph size={22} aria-hidden />
      {sentence}
    </>
  );
}
