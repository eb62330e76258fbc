import { dataOf } from "@bodega/sdk";
import { Button, Group, NativeSelect, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { IconAdjustments, IconTag } from "@tabler/icons-react";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Empty } from "../../../shared/page/empty.tsx";
import { FilterBar } from "../../../shared/page/filter-bar.tsx";
import { MoreRows } from "../../../shared/page/more-rows.tsx";
import { PageAction } from "../../../shared/page/page.tsx";
import { Panel } from "../../../shared/page/panel.tsx";
import { Queried } from "../../../shared/page/queried.tsx";
import { client } from "../../../shared/server/client.ts";
import { DataTable } from "../../../shared/table/data-table.tsx";
import { CsvButton } from "../csv/csv-button.tsx";
import { useScanner } from "../scan/use-scanner.ts";
import { useStockEvents } from "../shared/use-stock-events.ts";
import { type PricesAddress, priceStates, readPricesAddress } from "./address.ts";
import { PriceRules } from "./price-rules.tsx";
import { PriceSheet } from "./price-sheet.tsx";
import { pricesQuery } from "./prices-queries.ts";
import { usePriceColumns } from "./use-price-columns.tsx";

const typingPauseMs = 250;

/** What things cost and are sold for, by how much of a margin; a scan opens the product's price. */
export default function PricesPage() {
  const { t } = useTranslation("inventory");
  const address = useSearch({ from: "/shell/inventory/prices" });
  const navigate = useNavigate();
  const go = (change: Partial<Record<keyof PricesAddress, string | undefined>>) =>
    void navigate({
      to: "/inventory/prices",
      search: readPricesAddress({ ...address, ...change }),
      replace: true,
    });
  const open = (product: string | undefined) => go({ product });
  useStockEvents();
  useScanner(({ product }) => open(product.id));
  if (address.view === "rules") return <PriceRules />;
  return (
    <>
      <PageAction>
        <Button
          variant="default"
          leftSection={<IconAdjustments size={16} aria-hidden />}
          renderRoot={(props) => <Link to="/inventory/prices" search={{ view: "rules" }} {...props} />}
        >
          {t("prices.rules")}
        </Button>
      </PageAction>
      <Filters address={address} onChange={go} />
      <PriceList address={address} onOpen={open} />
      {address.product !== undefined && (
        <PriceSheet key={address.product} productId={address.product} onClose={() => open(undefined)} />
      )}
    </>
  );
}

interface FiltersProps {
  readonly address: PricesAddress;
  readonly onChange: (change: Partial<Record<keyof PricesAddress, string | undefined>>) => void;
}

function Filters({ address, onChange }: FiltersProps) {
  const { t } = useTranslation("inventory");
  const [typed, setTyped] = useState(address.q ?? "");
  const search = useDebouncedCallback((q: string) => onChange({ q: q.trim() || undefined }), typingPauseMs);
  const facets = useQuery({
    queryKey: ["inventory", "categories"],
    queryFn: ({ signal }) => dataOf(client.http.GET("/v1/products/facets", { signal })),
  });
  return (
    <Group gap="sm">
      <TextInput
        aria-label={t("prices.search")}
        placeholder={t("prices.search")}
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          search(event.currentTarget.value);
        }}
      />
      <NativeSelect
        aria-label={t("prices.category")}
        data={[{ value: "", label: t("prices.everyCategory") }, ...(facets.data?.categories ?? [])]}
        value={address.category ?? ""}
        onChange={(event) => onChange({ category: event.currentTarget.value || undefined })}
      />
      <FilterBar
        label={t("prices.filter")}
        value={address.state ?? "all"}
        choices={[
          { value: "all", label: t("prices.all") },
          ...priceStates.map((value) => ({ value, label: t(`prices.states.${value}`) })),
        ]}
        onChoose={(value) => onChange({ state: value === "all" ? undefined : value })}
      />
    </Group>
  );
}

interface PriceListProps {
  readonly address: PricesAddress;
  readonly onOpen: (productId: string) => void;
}

function PriceList({ address, onOpen }: PriceListProps) {
  const { t } = useTranslation("inventory");
  const prices = useInfiniteQuery(pricesQuery(address));
  const columns = usePriceColumns();
  const { q, category, state } = address;
  return (
    <Queried query={prices}>
      {({ pages }) => {
        const rows = pages.flatMap(({ items }) => items);
        return (
          <Panel isFlush>
            {rows.length === 0 ? (
              <Empty icon={IconTag} title={t("prices.empty")}>
                {t("prices.emptyText")}
              </Empty>
            ) : (
              <DataTable
                id="prices"
                label={t("tabs.prices")}
                columns={columns}
                rows={rows}
                rowKey={({ productId }) => productId}
                onOpen={({ productId }) => onOpen(productId)}
                bar={
                  <CsvButton path="/v1/prices/export.csv" query={{ query: q, category, state }} fileName="prices.csv" />
                }
                foot={<MoreRows query={prices} />}
              />
            )}
          </Panel>
        );
      }}
    </Queried>
  );
}
