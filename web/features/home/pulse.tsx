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

/** Is everything all right? One sentence; for those who may see it. */
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
  return answers.map(({ data, error, refetch }, index) => {
    const name = sources[index]?.name ?? index;
    if (data === undefined) {
      if (error === null) return <Waiting key={name} label={t("checking")} />;
      return <ErrorPanel key={name} error={error} isCompact onRetry={() => void refetch()} />;
    }
    const Glyph = icons[data.state];
    return (
      <Link key={name} to={data.path} className={styles.pulse} data-state={data.state}>
        <Glyph size={22} aria-hidden />
        {data.sentence}
      </Link>
    );
  });
}
