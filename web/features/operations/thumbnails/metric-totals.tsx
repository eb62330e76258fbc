import { Tooltip } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../../shared/format/use-format.ts";
import { type MetricDay, sumOf } from "./metric-days.ts";
import styles from "./thumbnails-page.module.css";

/** The period in a row of figures. */
export function MetricTotals({ days }: { readonly days: readonly MetricDay[] }) {
  const { t } = useTranslation("operations");
  const format = useFormat();
  const attempts = sumOf(days, "attempts");
  const success = sumOf(days, "success");
  const failed = sumOf(days, "failed");
  const partial = sumOf(days, "partial");
  const missed = sumOf(days, "missed");
  const ended = success + partial + failed;
  return (
    <dl className={styles.totals}>
      <Total name={t("thumbnails.attempts")} figure={format.number(attempts)} />
      <Total name={t("thumbnails.success")} figure={format.number(success)} />
      <Total name={t("thumbnails.rate")} figure={ended === 0 ? "–" : format.percent(success / ended)} />
      <Total
        name={t("thumbnails.partial")}
        figure={format.number(partial)}
        tone={partial > 0 ? "warning" : undefined}
      />
      <Total name={t("thumbnails.failed")} figure={format.number(failed)} tone={failed > 0 ? "bad" : undefined} />
      <Total
        name={t("thumbnails.missed")}
        figure={format.number(missed)}
        tone={missed > 0 ? "warning" : undefined}
        hint={t("thumbnails.missedHint")}
      />
    </dl>
  );
}

interface TotalProps {
  readonly name: string;
  readonly figure: string;
  readonly tone?: "warning" | "bad" | undefined;
  readonly hint?: string;
}

function Total({ name, figure, tone, hint }: TotalProps) {
  return (
    <div className={styles.total} data-tone={tone}>
      <dt>
        {hint === undefined ? (
          name
        ) : (
          <Tooltip label={hint}>
            <span>{name}</span>
          </Tooltip>
        )}
      </dt>
      <dd>{figure}</dd>
    </div>
  );
}
