import { useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Queried } from "../../../shared/page/queried.tsx";
import { CountSheet } from "./count-sheet.tsx";
import { CountsOverview } from "./counts-overview.tsx";
import { NoSuchCount } from "./no-such-count.tsx";
import { useKeptCount } from "./use-count.ts";
import { VarianceReportView } from "./variance-report.tsx";

/** Counts: those that were booked, those that go on in this browser, and one of either. */
export default function CountsPage() {
  const { draft, report } = useSearch({ from: "/shell/inventory/counts" });
  if (draft !== undefined) return <KeptCountSheet key={draft} draftId={draft} />;
  if (report !== undefined) return <VarianceReportView countId={report} />;
  return <CountsOverview />;
}

function KeptCountSheet({ draftId }: { readonly draftId: string }) {
  const { t } = useTranslation("inventory");
  const kept = useKeptCount(draftId);
  return (
    <Queried query={kept} label={t("counts.opening")}>
      {(count) => (count === null ? <NoSuchCount /> : <CountSheet kept={count} />)}
    </Queried>
  );
}
