import { dataOf } from "@bodega/sdk";
import { IconCalendarCheck } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../../shared/format/use-format.ts";
import { Chip } from "../../../shared/page/chip.tsx";
import { Empty } from "../../../shared/page/empty.tsx";
import { MoreRows } from "../../../shared/page/more-rows.tsx";
import { Queried } from "../../../shared/page/queried.tsx";
import { client } from "../../../shared/server/client.ts";
import { DataTable } from "../../../shared/table/data-table.tsx";
import { CsvButton } from "../csv/csv-button.tsx";
import { usePlaceName } from "../picking/use-place-name.ts";
import { inventoryKey } from "../shared/inventory-queries.ts";
import { ProductName } from "../shared/product-name.tsx";
import { useQuantity } from "../shared/quantity.ts";
import type { StockAddress } from "./address.ts";

/** Lots that expire soon or have, the first first. */
export function ExpiringTable({ address: { location } }: { readonly address: StockAddress }) {
  const { t } = useTranslation("inventory");
  const navigate = useNavigate();
  const format = useFormat();
  const quantity = useQuantity();
  const placeName = usePlaceName();
  const filter = { ...(location !== undefined && { locationId: location }) };
  const lots = useInfiniteQuery({
    queryKey: [...inventoryKey, "expiring", location ?? null],
    queryFn: ({ signal, pageParam }) =>
      dataOf(
        client.http.GET("/v1/stock/expiring", {
          signal,
          params: { query: { ...filter, limit: 100, ...(pageParam !== null && { cursor: pageParam }) } },
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });
  return (
    <Queried query={lots} label={t("stock.loading")}>
      {({ pages }) => {
        const rows = pages.flatMap(({ items }) => items);
        if (rows.length === 0) {
          return (
            <Empty icon={IconCalendarCheck} title={t("stock.noneExpires")}>
              {t("stock.noneExpiresText")}
            </Empty>
          );
        }
        return (
          <DataTable
            id="expiring"
            label={t("stock.views.expiring")}
            columns={[
              { id: "product", header: t("stock.columns.product"), cell: (lot) => <ProductName product={lot} /> },
              {
                id: "expires",
                header: t("stock.columns.expiry"),
                cell: ({ expiresOn, daysLeft }) => (
                  <>
                    {format.day(expiresOn)}{" "}
                    <Chip tone={daysLeft < 0 ? "bad" : daysLeft <= 7 ? "warning" : "neutral"}>
                      {daysLeft < 0 ? t("stock.expired") : t("stock.daysLeft", { count: daysLeft })}
                    </Chip>
                  </>
                ),
              },
              { id: "lot", header: t("stock.columns.lot"), cell: ({ lot }) => lot },
              {
                id: "location",
                header: t("stock.columns.location"),
                cell: (lot) => placeName(lot.locationId, lot.locationCode),
              },
              {
                id: "onHand",
                header: t("stock.columns.onHand"),
                isFigure: true,
                cell: ({ onHand }) => quantity.amount(onHand),
              },
            ]}
            rows={rows}
            rowKey={({ lotId }) => lotId}
            onOpen={({ productId, locationId }) =>
              void navigate({
                to: "/inventory/products/$productId",
                params: { productId },
                search: { location: locationId },
              })
            }
            bar={<CsvButton path="/v1/stock/expiring/export.csv" query={filter} fileName={t("stock.expiringFile")} />}
            foot={<MoreRows query={lots} />}
          />
        );
      }}
    </Queried>
  );
}
