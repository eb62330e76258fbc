import { Anchor, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../../shared/format/use-format.ts";
import { Panel } from "../../../shared/page/panel.tsx";
import { Queried } from "../../../shared/page/queried.tsx";
import { useMay } from "../../../shared/session/me.ts";
import { DataTable } from "../../../shared/table/data-table.tsx";
import { MarginRuleForm } from "./margin-rule-form.tsx";
import { rulesQuery } from "./prices-queries.ts";
import { RoundingRuleForm } from "./rounding-rule-form.tsx";
import { usePercent } from "./use-price-columns.tsx";

/** What prices have to keep to: margins by category, rounding by currency. Everyone may read them. */
export function PriceRules() {
  const { t } = useTranslation("inventory");
  const format = useFormat();
  const percent = usePercent();
  const mayWrite = useMay("prices:write");
  const rules = useQuery(rulesQuery);
  return (
    <Queried query={rules}>
      {({ margins, rounding }) => (
        <>
          <Panel
            title={t("prices.margins")}
            aside={
              <Anchor component={Link} to="/inventory/prices">
                {t("prices.back")}
              </Anchor>
            }
            isFlush
          >
            <DataTable
              id="margin-rules"
              label={t("prices.margins")}
              columns={[
                {
                  id: "category",
                  header: t("prices.columns.category"),
                  cell: ({ category }) => category || t("prices.otherCategories"),
                },
                {
                  id: "minimum",
                  header: t("prices.columns.minimum"),
                  isFigure: true,
                  cell: ({ minimumPercent }) => percent(minimumPercent),
                },
                {
                  id: "suggested",
                  header: t("prices.columns.suggested"),
                  isFigure: true,
                  cell: ({ suggestedPercent }) => percent(suggestedPercent),
                },
              ]}
              rows={margins}
              rowKey={({ category }) => category}
              bar={<Text size="sm">{t("prices.marginsText")}</Text>}
              {...(mayWrite && { foot: <MarginRuleForm margins={margins} /> })}
            />
          </Panel>
          <Panel title={t("prices.rounding")} isFlush>
            <DataTable
              id="rounding-rules"
              label={t("prices.rounding")}
              columns={[
                { id: "currency", header: t("prices.columns.currency"), cell: ({ currency }) => currency },
                {
                  id: "step",
                  header: t("prices.columns.step"),
                  isFigure: true,
                  cell: ({ step, currency }) => format.money(step, currency),
                },
                { id: "mode", header: t("prices.columns.mode"), cell: ({ mode }) => t(`prices.modes.${mode}`) },
              ]}
              rows={rounding}
              rowKey={({ currency }) => currency}
              bar={<Text size="sm">{t("prices.roundingText")}</Text>}
              {...(mayWrite && { foot: <RoundingRuleForm /> })}
            />
          </Panel>
        </>
      )}
    </Queried>
  );
}
