import { dataOf } from "@bodega/sdk";
import { Button, Switch } from "@mantine/core";
import { IconLock } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useShortcut } from "../../../shared/keyboard/use-shortcut.ts";
import { Empty } from "../../../shared/page/empty.tsx";
import { FilterBar } from "../../../shared/page/filter-bar.tsx";
import { MoreRows } from "../../../shared/page/more-rows.tsx";
import { ActionKey, PageAction } from "../../../shared/page/page.tsx";
import { Queried } from "../../../shared/page/queried.tsx";
import { client } from "../../../shared/server/client.ts";
import { inventoryKey } from "../shared/inventory-queries.ts";
import { type ReservationFilter, type ReservationsAddress, reservationFilters } from "./address.ts";
import { ReservationCard } from "./reservation-card.tsx";
import styles from "./reservations-page.module.css";

const route = getRouteApi("/shell/inventory/reservations");
const pageSize = 50;

/** What is put aside, for whom and for how long. */
export default function ReservationsPage() {
  const { t } = useTranslation("inventory");
  const address = route.useSearch();
  const toForm = useNavigate();
  const reservations = useReservations(address);
  useShortcut("n", () => void toForm({ to: "/inventory/reservations/new" }));
  return (
    <>
      <PageAction>
        <Button component={Link} to="/inventory/reservations/new" leftSection={<IconLock size={16} aria-hidden />}>
          {t("reservations.new")}
          <ActionKey>N</ActionKey>
        </Button>
      </PageAction>
      <Filters address={address} />
      <Queried query={reservations} label={t("reservations.loading")}>
        {({ pages }) => {
          const rows = pages.flatMap(({ items }) => items);
          if (rows.length === 0) {
            return (
              <Empty icon={IconLock} title={t("reservations.empty")}>
                {t("reservations.emptyText")}
              </Empty>
            );
          }
          return (
            <>
              <div className={styles.cards}>
                {rows.map((reservation) => (
                  <ReservationCard key={reservation.id} reservation={reservation} />
                ))}
              </div>
              <div className={styles.foot}>
                <MoreRows query={reservations} />
              </div>
            </>
          );
        }}
      </Queried>
    </>
  );
}

function Filters({ address }: { readonly address: ReservationsAddress }) {
  const { t } = useTranslation("inventory");
  const navigate = route.useNavigate();
  const { state = "active", product, location, mine } = address;
  const go = (search: ReservationsAddress) => void navigate({ search, replace: true });
  const { mine: _mine, ...ofAll } = address;
  return (
    <search className={styles.filters}>
      <FilterBar<ReservationFilter>
        label={t("reservations.state")}
        value={state}
        choices={reservationFilters.map((value) => ({ value, label: t(`reservations.states.${value}`) }))}
        onChoose={(value) => go({ ...address, state: value })}
      />
      <Switch
        label={t("reservations.mine")}
        checked={mine === true}
        onChange={({ currentTarget }) => go(currentTarget.checked ? { ...address, mine: true } : ofAll)}
      />
      {(product !== undefined || location !== undefined) && (
        <Button size="compact-sm" variant="subtle" color="gray" onClick={() => go({ state })}>
          {t("reservations.ofProduct")} · {t("reservations.showAll")}
        </Button>
      )}
    </search>
  );
}

function useReservations({ state = "active", product, location, mine }: ReservationsAddress) {
  const filter = {
    ...(state !== "all" && { state }),
    ...(product !== undefined && { productId: product }),
    ...(location !== undefined && { locationId: location }),
    ...(mine === true && { createdBy: "me" }),
  };
  return useInfiniteQuery({
    queryKey: [...inventoryKey, "reservations", filter],
    queryFn: ({ signal, pageParam }) =>
      dataOf(
        client.http.GET("/v1/reservations", {
          signal,
          params: { query: { ...filter, limit: pageSize, ...(pageParam !== null && { cursor: pageParam }) } },
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });
}
