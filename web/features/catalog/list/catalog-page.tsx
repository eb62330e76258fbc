import type { Product } from "@bodega/sdk";
import { ActionIcon, Button, Menu } from "@mantine/core";
import {
  IconDots,
  IconDownload,
  IconFileImport,
  IconPhotoPlus,
  IconPlus,
  IconSearchOff,
  IconTrash,
} from "@tabler/icons-react";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useCallback, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { DropZone } from "../../../shared/files/drop-zone.tsx";
import { useFormat } from "../../../shared/format/use-format.ts";
import { useShortcut } from "../../../shared/keyboard/use-shortcut.ts";
import { Empty } from "../../../shared/page/empty.tsx";
import { ActionKey, Page } from "../../../shared/page/page.tsx";
import { ErrorPanel } from "../../../shared/problems/error-panel.tsx";
import { useMay } from "../../../shared/session/me.ts";
import { TableTools } from "../../../shared/table/table-tools.tsx";
import { Waiting } from "../../../shared/waiting/waiting.tsx";
import { type CatalogAddress, filtersOf, isNarrowed } from "../address.ts";
import { handOver } from "../bulk/handed-over.ts";
import { useCsvExport } from "../csv/use-csv-export.ts";
import { DemoWelcome } from "../demo/demo-welcome.tsx";
import { useDemo } from "../demo/use-demo.ts";
import { ProductSheet } from "../product/product-sheet.tsx";
import { BulkBar } from "./bulk-bar.tsx";
import styles from "./catalog-page.module.css";
import { FilterBar } from "./filter-bar.tsx";
import { isListColumn, useListColumns } from "./list-columns.ts";
import { ListHead } from "./list-head.tsx";
import { ProductCollection } from "./product-collection.tsx";
import { useBulkActions } from "./use-bulk-actions.ts";
import { useProductList } from "./use-product-list.ts";
import { useSelection } from "./use-selection.ts";

const route = getRouteApi("/shell/catalog");

export default function CatalogPage() {
  const { t } = useTranslation("catalog");
  const address = route.useSearch();
  const navigate = route.useNavigate();
  const mayWrite = useMay("catalog:write");
  const filters = useMemo(() => filtersOf(address), [address]);
  const list = useProductList(filters);
  const ids = useMemo(() => list.products.map(({ id }) => id), [list.products]);
  const selection = useSelection(ids);
  const actions = useBulkActions(selection);
  const products = useMemo(
    () => (actions.hidden.size === 0 ? list.products : list.products.filter(({ id }) => !actions.hidden.has(id))),
    [list.products, actions.hidden],
  );

  const toAddPhotos = () => void navigate({ to: "/catalog/add" });
  const open = ({ id }: Product) =>
    void navigate({ search: (present) => ({ ...present, product: id }), resetScroll: false });
  const closeSheet = () =>
    void navigate({ search: ({ product: _closed, ...present }) => present, resetScroll: false, replace: true });
  // The same at each render: pages that come while one scrolls leave the filters alone.
  const narrow = useCallback(
    (to: CatalogAddress) => void navigate({ search: to, replace: true, resetScroll: false }),
    [navigate],
  );
  const addFiles = (files: readonly File[]) => {
    handOver(files);
    toAddPhotos();
  };
  useShortcut("n", toAddPhotos, mayWrite);

  const isList = address.view === "list";
  const { columns, view: columnsView } = useListColumns();
  const shownColumns = columns.filter(({ id }) => columnsView.isShown(id));
  const hiddenKey = columns.flatMap(({ id }) => (columnsView.isShown(id) ? [] : [id])).join(" ");
  // The same set while the choice is the same, so that no row is drawn again for it.
  const hiddenColumns = useMemo(() => new Set(hiddenKey.split(" ").filter(isListColumn)), [hiddenKey]);
  const isSheetOpen = address.product !== undefined;
  return (
    <Page title={t("title")} isWide lead={<Count list={list} shown={products.length} />} action={<Actions />}>
      <DemoWelcome />
      <div className={styles.catalogue}>
        <div className={styles.tools}>
          <FilterBar address={address} onChange={narrow}>
            {isList && <TableTools columns={columns} view={columnsView} />}
          </FilterBar>
          {isList && products.length > 0 && <ListHead columns={shownColumns} isSelectable={mayWrite} />}
        </div>
        {list.error !== null && <ErrorPanel error={list.error} onRetry={() => void list.refetch()} />}
        {list.isPending && <Waiting />}
        {list.isSuccess && products.length === 0 && <NothingShown isNarrowed={isNarrowed(address)} />}
        {products.length > 0 && (
          <ProductCollection
            products={products}
            view={address.view ?? "grid"}
            selection={selection}
            openId={address.product}
            isSelectable={mayWrite}
            hiddenColumns={hiddenColumns}
            onOpen={open}
            onNearEnd={() => {
              if (list.hasNextPage && !list.isFetchingNextPage) void list.fetchNextPage();
            }}
          />
        )}
        {products.length > 0 && (
          <p className={styles.foot} role="status">
            {list.isFetchingNextPage ? t("grid.loadingMore") : list.hasNextPage ? "" : t("grid.end")}
          </p>
        )}
        {mayWrite && <BulkBar products={products} selection={selection} actions={actions} />}
      </div>
      <ProductSheet productId={address.product} onClose={closeSheet} />
      {mayWrite && !isSheetOpen && <DropZone title={t("drop.title")} words={t("drop.words")} onFiles={addFiles} />}
    </Page>
  );
}

interface CountProps {
  readonly list: { readonly hasNextPage: boolean; readonly isSuccess: boolean };
  readonly shown: number;
}

function Count({ list, shown }: CountProps) {
  const { t } = useTranslation("catalog");
  const format = useFormat();
  if (!list.isSuccess) return <>&nbsp;</>;
  const number = format.number(shown);
  return (
    <span className={styles.count}>
      {list.hasNextPage ? t("countMore", { shown: number }) : t("count", { count: shown, shown: number })}
    </span>
  );
}

function Actions() {
  const { t } = useTranslation("catalog");
  const mayWrite = useMay("catalog:write");
  const mayRemoveDemo = useMay("operations:manage");
  const csv = useCsvExport();
  const demo = useDemo();
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="default" size={36} aria-label={t("more")} loading={csv.isPending}>
            <IconDots size={18} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {mayWrite && (
            <>
              <Menu.Item component={Link} to="/catalog/new" leftSection={<IconPlus size={16} aria-hidden />}>
                {t("addOne")}
              </Menu.Item>
              <Menu.Item component={Link} to="/catalog/import" leftSection={<IconFileImport size={16} aria-hidden />}>
                {t("importCsv")}
              </Menu.Item>
            </>
          )}
          <Menu.Item leftSection={<IconDownload size={16} aria-hidden />} onClick={() => csv.mutate()}>
            {t("exportCsv")}
          </Menu.Item>
          {mayRemoveDemo && demo.isThere && demo.isDismissed && (
            <Menu.Item
              leftSection={<IconTrash size={16} aria-hidden />}
              onClick={() => {
                demo.setIsDismissed(false);
                window.scrollTo({ top: 0 });
              }}
            >
              {t("demo.remove")}…
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {mayWrite && (
        <Button component={Link} to="/catalog/add" leftSection={<IconPhotoPlus size={16} aria-hidden />}>
          {t("add")}
          <ActionKey>N</ActionKey>
        </Button>
      )}
    </>
  );
}

function NothingShown({ isNarrowed: isFiltered }: { readonly isNarrowed: boolean }) {
  const { t } = useTranslation("catalog");
  const mayWrite = useMay("catalog:write");
  if (isFiltered) {
    return (
      <Empty icon={IconSearchOff} title={t("empty.noMatch")}>
        {t("empty.noMatchWords")}
      </Empty>
    );
  }
  return (
    <Empty
      icon={IconPhotoPlus}
      title={t("empty.title")}
      action={
        mayWrite && (
          <Button component={Link} to="/catalog/add">
            {t("add")}
          </Button>
        )
      }
    >
      {t("empty.words")}
    </Empty>
  );
}
