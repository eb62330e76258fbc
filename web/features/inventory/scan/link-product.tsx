import { dataOf, type Product } from "@bodega/sdk";
import { Button, Group, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ErrorPanel } from "../../../shared/problems/error-panel.tsx";
import { notify } from "../../../shared/problems/notify.ts";
import { client } from "../../../shared/server/client.ts";
import { once } from "../../../shared/server/idempotency.ts";
import { useAction } from "../../../shared/server/use-action.ts";
import { ProductPicker } from "../picking/product-picker.tsx";
import { QuantityField } from "../shared/quantity-field.tsx";
import { readQuantity } from "../shared/read-quantity.ts";

export interface LinkProductProps {
  readonly code: string;
  /** Then each label says how much it is. */
  readonly isWeighed: boolean;
  readonly onLinked: () => void;
}

/** Gives a code to a product that is there already; of a carton too. */
export function LinkProduct({ code, isWeighed, onLinked }: LinkProductProps) {
  const { t } = useTranslation("inventory");
  const [product, setProduct] = useState<Product | null>(null);
  const [typed, setTyped] = useState("1");
  const quantity = readQuantity(typed);
  const linking = useAction({
    name: "link-scanned",
    target: ({ product: { id } }: Link) => `${code}-${id}`,
    run: ({ product: { id }, quantity: each }: Link, { idempotencyKey }) =>
      dataOf(
        client.http.POST("/v1/products/{id}/codes", {
          ...once(idempotencyKey),
          params: { path: { id } },
          body: { code, quantity: each },
        }),
      ),
    showsError: true,
    onDone: (_, { product: { name } }) => {
      notify({ message: t("scan.unknown.linked", { code, name }), color: "green" });
      onLinked();
    },
  });
  return (
    <Stack gap="sm">
      <ProductPicker label={t("scan.unknown.linkLabel")} onPick={setProduct} />
      {product !== null && (
        <div>
          <Text fw={600}>{product.name}</Text>
          <Text size="xs" c="dimmed">
            {product.sku}
          </Text>
        </div>
      )}
      {!isWeighed && (
        <QuantityField
          label={t("scan.unknown.each")}
          hint={t("scan.unknown.eachHint")}
          value={typed}
          onChange={setTyped}
          unit={product?.unit}
          error={quantity === null && t("scan.card.amountNeeded")}
        />
      )}
      {linking.error !== null && <ErrorPanel error={linking.error} attempt="writing" isCompact />}
      <Group justify="flex-end">
        <Button
          disabled={product === null || quantity === null}
          loading={linking.isPending}
          onClick={() => {
            if (product !== null && quantity !== null) linking.mutate({ product, quantity });
          }}
        >
          {t("scan.unknown.linkAction")}
        </Button>
      </Group>
    </Stack>
  );
}

interface Link {
  readonly product: Product;
  readonly quantity: string;
}
