import { ActionIcon, Button, Menu } from "@mantine/core";
import {
  IconArrowsExchange,
  IconDots,
  IconFileImport,
  IconLock,
  IconMapPin,
  IconPackageImport,
} from "@tabler/icons-react";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useShortcut } from "../../../shared/keyboard/use-shortcut.ts";
import { ActionKey, PageAction } from "../../../shared/page/page.tsx";
import { Panel } from "../../../shared/page/panel.tsx";
import { useMay } from "../../../shared/session/me.ts";
import type { StockAddress, StockSort } from "./address.ts";
import { ExpiringTable } from "./expiring-table.tsx";
import { StockFilters } from "./stock-filters.tsx";
import { StockTable } from "./stock-table.tsx";

const route = getRouteApi("/shell/inventory/");

/** What there is, where, and what of it needs somebody. */
export default function StockPage() {
  const address = route.useSearch();
  const navigate = route.useNavigate();
  const go = (search: StockAddress) => void navigate({ search, replace: true, resetScroll: false });
  return (
    <>
      <Actions />
      <StockFilters address={address} onChange={go} />
      <Panel isFlush>
        {address.view === "expiring" ? (
          <ExpiringTable address={address} />
        ) : (
          <StockTable address={address} onSort={(sort) => go(sortedBy(address, sort))} />
        )}
      </Panel>
    </>
  );
}

/** By name is what an address means that says nothing of it. */
const sortedBy = ({ sort: _before, ...rest }: StockAddress, sort: StockSort): StockAddress =>
  sort === "name" ? rest : { ...rest, sort };

function Actions() {
  const { t } = useTranslation("inventory");
  const navigate = useNavigate();
  const mayWrite = useMay("stock:write");
  const mayReserve = useMay("stock:reserve");
  useShortcut(
    "n",
    () => void navigate({ to: mayWrite ? "/inventory/movements/new" : "/inventory/reservations/new" }),
    mayReserve,
  );
  if (!mayReserve) return null;
  return (
    <PageAction>
      {mayWrite && (
        <>
          <Menu position="bottom-end">
            <Menu.Target>
              <ActionIcon variant="default" size={36} aria-label={t("stock.more")}>
                <IconDots size={18} aria-hidden />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item
                component={Link}
                to="/inventory/transfer"
                leftSection={<IconArrowsExchange size={16} aria-hidden />}
              >
                {t("stock.transfer")}
              </Menu.Item>
              <Menu.Item
                component={Link}
                to="/inventory/reservations/new"
                leftSection={<IconLock size={16} aria-hidden />}
              >
                {t("stock.reserve")}
              </Menu.Item>
              <Menu.Item component={Link} to="/inventory/import" leftSection={<IconFileImport size={16} aria-hidden />}>
                {t("stock.import")}
              </Menu.Item>
              <Menu.Item component={Link} to="/inventory/locations" leftSection={<IconMapPin size={16} aria-hidden />}>
                {t("stock.locations")}
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
          <Button
            component={Link}
            to="/inventory/movements/new"
            leftSection={<IconPackageImport size={16} aria-hidden />}
          >
            {t("stock.move")}
            <ActionKey>N</ActionKey>
          </Button>
        </>
      )}
      {!mayWrite && (
        <Button component={Link} to="/inventory/reservations/new" leftSection={<IconLock size={16} aria-hidden />}>
          {t("stock.reserve")}
          <ActionKey>N</ActionKey>
        </Button>
      )}
    </PageAction>
  );
}
