import { dataOf } from "@bodega/sdk";
import { Anchor, Button, Group, NativeSelect, Textarea, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { isZero, readDecimal } from "../../../shared/format/decimal.ts";
import { useFormat } from "../../../shared/format/use-format.ts";
import { Panel } from "../../../shared/page/panel.tsx";
import { ErrorPanel } from "../../../shared/problems/error-panel.tsx";
import { client } from "../../../shared/server/client.ts";
import { once } from "../../../shared/server/idempotency.ts";
import { textHash } from "../../../shared/server/text-hash.ts";
import { useAction } from "../../../shared/server/use-action.ts";
import { LocationSelect } from "../picking/location-select.tsx";
import { ProductPicker, type ProductPickerProps } from "../picking/product-picker.tsx";
import { useScanner } from "../scan/use-scanner.ts";
import { inventoryKey } from "../shared/inventory-queries.ts";
import { useWorkplace } from "../shared/use-workplace.ts";
import { type DraftLine, DraftLines, withProduct } from "./draft-lines.tsx";
import styles from "./order-editor.module.css";
import type { Order } from "./orders-queries.ts";
import { useSupplierName } from "./use-supplier-name.ts";

type Picked = Pick<Parameters<ProductPickerProps["onPick"]>[0], "id" | "sku" | "name" | "unit" | "cost">;

/** A draft, new or changed as a whole: what, how much, at what cost, where to. Products come by scan or search. */
export function OrderEditor({ order }: { readonly order: Order | null }) {
  const { t } = useTranslation(["inventory", "shell"]);
  const navigate = useNavigate();
  const format = useFormat();
  const supplierName = useSupplierName();
  const [workplace] = useWorkplace();
  const [supplierId, setSupplierId] = useState(order?.supplierId ?? "");
  const [chosen, setChosen] = useState(order?.locationId ?? "");
  const [expectedOn, setExpectedOn] = useState(order?.expectedOn ?? "");
  const [note, setNote] = useState(order?.note ?? "");
  const [lines, setLines] = useState<readonly DraftLine[]>(
    () => order?.lines.map((line) => draftLineOf(line, format.decimal)) ?? [],
  );
  const [saysAll, setSaysAll] = useState(false);
  const facets = useQuery({
    queryKey: ["inventory", "categories"],
    queryFn: ({ signal }) => dataOf(client.http.GET("/v1/products/facets", { signal })),
  });
  const suppliers = [
    ...new Set([...(facets.data?.supplierIds ?? []), ...(order?.supplierId ? [order.supplierId] : [])]),
  ];
  const locationId = chosen === "" ? (workplace ?? "") : chosen;
  const content = {
    supplierId: supplierId || null,
    locationId,
    expectedOn: expectedOn || null,
    note: note.trim() || null,
    lines: lines.map((line) => {
      const unitCost = readDecimal(line.unitCost, 4);
      return {
        productId: line.productId,
        quantity: readDecimal(line.quantity, 3) ?? "",
        ...(unitCost !== null && { unitCost }),
      };
    }),
  };
  const save = useAction({
    name: "save-order",
    target: (given: typeof content) => `${order?.id ?? "new"} ${textHash(JSON.stringify(given))}`,
    run: (body, { idempotencyKey }): Promise<Order> =>
      order === null
        ? dataOf(client.http.POST("/v1/purchase-orders", { body, ...once(idempotencyKey) }))
        : dataOf(
            client.http.PUT("/v1/purchase-orders/{id}", {
              params: { path: { id: order.id } },
              body,
              ...once(idempotencyKey),
            }),
          ),
    refreshes: [inventoryKey],
    onDone: ({ id }) => void navigate({ to: "/inventory/orders", search: { order: id }, replace: true }),
    showsError: true,
  });
  const add = (product: Picked, quantity = "1") => setLines((present) => withProduct(present, product, quantity));
  useScanner(({ product, quantity }) => add(product, quantity));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setSaysAll(true);
    const isBroken = content.lines.some(({ quantity }, index) => {
      const cost = lines[index]?.unitCost.trim() ?? "";
      return quantity === "" || isZero(quantity) || (cost !== "" && readDecimal(cost, 4) === null);
    });
    if (lines.length > 0 && !isBroken && locationId !== "") save.mutate(content);
  };
  return (
    <form onSubmit={submit} noValidate aria-label={t("purchasing.draft")}>
      <Panel
        title={order === null ? t("purchasing.new") : t("purchasing.numbered", { number: order.number })}
        aside={
          <Anchor component={Link} to="/inventory/orders">
            {t("purchasing.back")}
          </Anchor>
        }
      >
        <div className={styles.fields}>
          <NativeSelect
            label={t("purchasing.columns.supplier")}
            data={[
              { value: "", label: t("purchasing.noSupplier") },
              ...suppliers.map((id) => ({ value: id, label: supplierName(id) })),
            ]}
            value={supplierId}
            onChange={(event) => setSupplierId(event.currentTarget.value)}
          />
          <LocationSelect label={t("purchasing.deliverTo")} value={locationId} onChange={setChosen} />
          <TextInput
            type="date"
            label={t("purchasing.columns.expected")}
            value={expectedOn}
            onChange={(event) => setExpectedOn(event.currentTarget.value)}
          />
        </div>
        <DraftLines lines={lines} onChange={setLines} saysAll={saysAll} />
        <ProductPicker label={t("purchasing.add")} onPick={(product) => add(product)} />
        <Textarea
          mt="md"
          label={t("purchasing.columns.note")}
          autosize
          maxLength={1000}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        {save.error !== null && <ErrorPanel error={save.error} attempt="writing" isCompact />}
        <Group justify="flex-end" mt="md">
          <Button
            variant="default"
            renderRoot={(props) => (
              <Link to="/inventory/orders" search={order === null ? {} : { order: order.id }} {...props} />
            )}
          >
            {t("shell:save.cancel")}
          </Button>
          <Button type="submit" loading={save.isPending} disabled={lines.length === 0}>
            {t("purchasing.save")}
          </Button>
        </Group>
      </Panel>
    </form>
  );
}

const draftLineOf = (line: Order["lines"][number], decimal: string): DraftLine => ({
  productId: line.productId,
  sku: line.sku,
  name: line.name,
  unit: line.unit,
  quantity: line.quantity.replace(".", decimal),
  unitCost: (line.unitCost ?? "").replace(".", decimal),
});
