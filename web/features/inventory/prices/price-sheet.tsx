import { Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Queried } from "../../../shared/page/queried.tsx";
import { Sheet } from "../../../shared/page/sheet.tsx";
import { client } from "../../../shared/server/client.ts";
import { useMay } from "../../../shared/session/me.ts";
import { PriceForm } from "./price-form.tsx";
import { PriceHistory } from "./price-history.tsx";
import { PriceNow } from "./price-now.tsx";
import { suggestionQuery } from "./prices-queries.ts";

export interface PriceSheetProps {
  readonly productId: string;
  readonly onClose: () => void;
}

/** One product's price: what it is, what it was, and, for those who may, what it shall be. */
export function PriceSheet({ productId, onClose }: PriceSheetProps) {
  const { t } = useTranslation("inventory");
  const mayApply = useMay("prices:write");
  const product = useQuery({
    queryKey: ["inventory", "priced-product", productId],
    queryFn: async ({ signal }) => (await client.products.read(productId, { signal })).product,
  });
  const now = useQuery(suggestionQuery(productId, {}));
  return (
    <Sheet title={product.data?.name ?? t("prices.price")} isOpen onClose={onClose}>
      <Queried query={now}>
        {(suggestion) => (
          <Stack>
            <PriceNow suggestion={suggestion} category={product.data?.category ?? null} />
            {mayApply ? (
              <PriceForm
                key={suggestion.price + (suggestion.cost ?? "")}
                productId={productId}
                now={suggestion}
                category={product.data?.category ?? null}
              />
            ) : (
              <Text size="sm" c="dimmed">
                {t("prices.onlyAdmin")}
              </Text>
            )}
            <PriceHistory productId={productId} currency={suggestion.currency} />
          </Stack>
        )}
      </Queried>
    </Sheet>
  );
}
