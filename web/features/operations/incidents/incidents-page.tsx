import { useServerEvents } from "@bodega/sdk/react";
import { IconShieldCheck } from "@tabler/icons-react";
import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Empty } from "../../../shared/page/empty.tsx";
import { FilterBar } from "../../../shared/page/filter-bar.tsx";
import { MoreRows } from "../../../shared/page/more-rows.tsx";
import { Queried } from "../../../shared/page/queried.tsx";
import { incidentFilters } from "../filters.ts";
import { incidentsQuery, operationsKeys } from "../queries.ts";
import { IncidentCard } from "./incident-card.tsx";
import styles from "./incidents-page.module.css";

const route = getRouteApi("/shell/operations/incidents");

export default function IncidentsPage() {
  const { t } = useTranslation("operations");
  const { state = "unresolved" } = route.useSearch();
  const navigate = route.useNavigate();
  const queryClient = useQueryClient();
  const incidents = useInfiniteQuery(incidentsQuery(state));
  useServerEvents("incidents", () => void queryClient.invalidateQueries({ queryKey: operationsKeys.incidents }));
  return (
    <>
      <FilterBar
        label={t("incidents.filter")}
        value={state}
        choices={incidentFilters.map((value) => ({ value, label: t(`incidents.states.${value}`) }))}
        onChoose={(value) => void navigate({ search: value === "unresolved" ? {} : { state: value }, replace: true })}
      />
      <Queried query={incidents}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          if (items.length === 0) {
            return (
              <Empty icon={IconShieldCheck} title={t("incidents.empty")}>
                {t("incidents.emptyText")}
              </Empty>
            );
          }
          return (
            <>
              <ul className={styles.list}>
                {items.map((incident) => (
                  <IncidentCard key={incident.id} incident={incident} />
                ))}
              </ul>
              <div className={styles.foot}>
                <MoreRows query={incidents} />
              </div>
            </>
          );
        }}
      </Queried>
    </>
  );
}
