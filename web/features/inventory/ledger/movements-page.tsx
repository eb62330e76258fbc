import { Button } from "@mantine/core";
import { IconPackageImport } from "@tabler/icons-react";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useShortcut } from "../../../shared/keyboard/use-shortcut.ts";
import { ActionKey, PageAction } from "../../../shared/page/page.tsx";
import { Panel } from "../../../shared/page/panel.tsx";
import { useMay } from "../../../shared/session/me.ts";
import { LedgerFilters } from "./ledger-filters.tsx";
import { LedgerTable } from "./ledger-table.tsx";

const route = getRouteApi("/shell/inventory/movements");

/** The ledger of the whole shop. */
export default function MovementsPage() {
  const { t } = useTranslation("inventory");
  const address = route.useSearch();
  const navigate = route.useNavigate();
  const toForm = useNavigate();
  const mayWrite = useMay("stock:write");
  useShortcut("n", () => void toForm({ to: "/inventory/movements/new" }), mayWrite);
  return (
    <>
      {mayWrite && (
        <PageAction>
          <Button
            component={Link}
            to="/inventory/movements/new"
            leftSection={<IconPackageImport size={16} aria-hidden />}
          >
            {t("stock.move")}
            <ActionKey>N</ActionKey>
          </Button>
        </PageAction>
      )}
      <LedgerFilters address={address} onChange={(search) => void navigate({ search, replace: true })} />
      <Panel isFlush>
        <LedgerTable address={address} />
      </Panel>
    </>
  );
}
