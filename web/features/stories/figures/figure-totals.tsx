import { useTranslation } from "react-i18next";
import { useFormat } from "../../../shared/format/use-format.ts";
import styles from "./figures.module.css";
import type { Figures } from "./figures-page.tsx";

/** The period in a row of figures; those that open an incident are marked as they are there. */
export function FigureTotals({ figures }: { readonly figures: Figures }) {
  const { t } = useTranslation("stories");
  const format = useFormat();
  const spent = format.money(figures.spentThisMonthUsd, "USD");
  return (
    <dl className={styles.totals}>
      <Total name={t("figures.pictures")} figure={format.number(figures.pictures)} />
      <Total
        name={t("figures.fallbackRatio")}
        figure={figures.pictures === 0 ? "–" : format.percent(figures.fallbackRatio)}
        tone={figures.fallbackRatio > 0.1 ? "bad" : undefined}
      />
      <Total
        name={t("figures.policyBlocks")}
        figure={format.number(figures.policyBlocks)}
        detail={t("figures.policyBlocks24h", { count: figures.policyBlocks24h })}
        tone={figures.policyBlocks24h > 0 ? "warning" : undefined}
      />
      <Total
        name={t("figures.consistency")}
        figure={format.number(figures.consistencyLost)}
        tone={figures.consistencyLost > 0 ? "warning" : undefined}
      />
      <Total
        name={t("figures.cost")}
        figure={format.money(figures.costUsd, "USD")}
        detail={
          figures.monthlyBudgetUsd === null
            ? t("figures.month", { spent })
            : t("figures.monthOf", { spent, budget: format.money(String(figures.monthlyBudgetUsd), "USD") })
        }
      />
      <Total
        name={t("figures.averageSize")}
        figure={figures.averageSizeBytes === null ? "–" : format.bytes(figures.averageSizeBytes)}
        detail={`${t("figures.resized")}: ${format.number(figures.resized)}`}
      />
    </dl>
  );
}

interface TotalProps {
  readonly name: string;
  readonly figure: string;
  readonly detail?: string;
  readonly tone?: "warning" | "bad" | undefined;
}

function Total({ name, figure, detail, tone }: TotalProps) {
  return (
    <div className={styles.total} data-tone={tone}>
      <dt>{name}</dt>
      <dd>
        <span className={styles.figure}>{figure}</span>
        {detail !== undefined && <span className={styles.detail}>{detail}</span>}
      </dd>
    </div>
  );
}
