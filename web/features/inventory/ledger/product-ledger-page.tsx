import { ProductImage, useProduct } from "@bodega/sdk/react";
import { Button, Group, Text, Title } from "@mantine/core";
import { IconArrowsExchange, IconLock, IconPackageImport } from "@tabler/icons-react";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../../shared/format/use-format.ts";
import { useShortcut } from "../../../shared/keyboard/use-shortcut.ts";
import { ActionKey, PageAction } from "../../../shared/page/page.tsx";
import { Panel } from "../../../shared/page/panel.tsx";
import { ErrorPanel } from "../../../shared/problems/error-panel.tsx";
import { useMay } from "../../../shared/session/me.ts";
import { LevelsOfProduct } from "../scan/levels-of-product.tsx";
import { useImageLabels } from "../shared/image-labels.ts";
import { BalanceChart } from "./balance-chart.tsx";
import { LedgerFilters } from "./ledger-filters.tsx";
import { LedgerTable } from "./ledger-table.tsx";
import styles from "./product-ledger-page.module.css";

const route = getRouteApi("/shell/inventory/products/$productId");

/** Everything that happened to one product: how much there is, how it went, and each movement with the balance after it. */
export default function ProductLedgerPage() {
  const { t } = useTranslation("inventory");
  const { productId } = route.useParams();
  const address = route.useSearch();
  const navigate = route.useNavigate();
  const format = useFormat();
  const labels = useImageLabels();
  const { product, error, refetch } = useProduct(productId);
  if (product === undefined) {
    return error === null ? null : <ErrorPanel error={error} onRetry={() => void refetch()} />;
  }
  return (
    <>
      <Actions productId={productId} />
      <div className={styles.columns}>
        <Panel>
          <div className={styles.head}>
            <ProductImage product={product} width={80} height={80} alt="" labels={labels} eager />
            <div className={styles.words}>
              <Title order={2}>
                <Link className={styles.name} to="/catalog/$productId" params={{ productId }}>
                  {product.name}
                </Link>
              </Title>
              <Text c="dimmed">
                {[product.sku, product.gtin, format.money(product.price, product.currency)].filter(Boolean).join(" · ")}
              </Text>
            </div>
          </div>
          <LevelsOfProduct product={product} />
        </Panel>
        <Panel title={t("ledger.product.chart")}>
          <BalanceChart product={product} locationId={address.location} />
        </Panel>
      </div>
      <LedgerFilters
        address={address}
        onChange={(search) => void navigate({ search, replace: true, resetScroll: false })}
      />
      <Panel isFlush>
        <LedgerTable address={address} productId={productId} />
      </Panel>
    </>
  );
}

function Actions({ productId: product }: { readonly productId: string }) {
  const { t } = useTranslation("inventory");
  const navigate = useNavigate();
  const mayWrite = useMay("stock:write");
  const mayReserve = useMay("stock:reserve");
  const search = { product };
  useShortcut("n", () => void navigate({ to: "/inventory/movements/new", search }), mayWrite);
  useShortcut("r", () => void navigate({ to: "/inventory/reservations/new", search }), mayReserve);
  useShortcut("t", () => void navigate({ to: "/inventory/transfer", search }), mayWrite);
  return (
    <PageAction>
      <Group gap="xs">
        {mayWrite && (
          <Button
            variant="default"
            leftSection={<IconArrowsExchange size={16} aria-hidden />}
            onClick={() => void navigate({ to: "/inventory/transfer", search })}
          >
            {t("scan.card.transfer")}
            <ActionKey>T</ActionKey>
          </Button>
        )}
        {mayReserve && (
          <Button
            variant="default"
            leftSection={<IconLock size={16} aria-hidden />}
            onClick={() => void navigate({ to: "/inventory/reservations/new", search })}
          >
            {t("ledger.product.reserve")}
            <ActionKey>R</ActionKey>
          </Button>
        )}
        {mayWrite && (
          <Button
            leftSection={<IconPackageImport size={16} aria-hidden />}
            onClick={() => void navigate({ to: "/inventory/movements/new", search })}
          >
            {t("ledger.product.move")}
            <ActionKey>N</ActionKey>
          </Button>
        )}
      </Group>
    </PageAction>
  );
}
