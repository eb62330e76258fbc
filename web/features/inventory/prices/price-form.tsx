import { BodegaError, dataOf } from "@bodega/sdk";
import { Alert, Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { isZero, readDecimal } from "../../../shared/format/decimal.ts";
import { useFormat } from "../../../shared/format/use-format.ts";
import { ErrorPanel } from "../../../shared/problems/error-panel.tsx";
import { notify } from "../../../shared/problems/notify.ts";
import { client } from "../../../shared/server/client.ts";
import { once } from "../../../shared/server/idempotency.ts";
import { useAction } from "../../../shared/server/use-action.ts";
import { inventoryKey } from "../shared/inventory-queries.ts";
import styles from "./price-form.module.css";
import { type PriceChange, type PriceSuggestion, suggestionQuery } from "./prices-queries.ts";
import { readPercent } from "./read-percent.ts";
import { usePercent } from "./use-price-columns.tsx";

export interface PriceFormProps {
  readonly productId: string;
  readonly now: PriceSuggestion;
  readonly category: string | null;
}

const typingPauseMs = 200;

/** Cost and margin, and the very price that they come to, before it is set. */
export function PriceForm({ productId, now, category }: PriceFormProps) {
  const { t } = useTranslation("inventory");
  const format = useFormat();
  const percent = usePercent();
  const [cost, setCost] = useState((now.cost ?? "").replace(".", format.decimal));
  const [margin, setMargin] = useState((now.marginPercent ?? now.suggestedPercent).replace(".", format.decimal));
  const readCost = readDecimal(cost, 4);
  const isCostRight = readCost !== null && !isZero(readCost);
  const readMargin = readPercent(margin);
  const [wanted] = useDebouncedValue(
    isCostRight && readMargin !== null ? `${readCost} ${readMargin}` : null,
    typingPauseMs,
  );
  const [wantedCost = "", wantedMargin = ""] = wanted?.split(" ") ?? [];
  const { data } = useQuery({
    ...suggestionQuery(productId, { cost: wantedCost, marginPercent: wantedMargin }),
    enabled: wanted !== null,
  });
  const preview = wanted === null ? null : (data?.preview ?? null);
  const apply = useAction({
    name: "apply-price",
    target: (given: { readonly cost: string; readonly marginPercent: string }) =>
      `${productId} ${given.cost} ${given.marginPercent}`,
    run: (body, { idempotencyKey }): Promise<PriceChange> =>
      dataOf(
        client.http.POST("/v1/products/{id}/price", {
          params: { path: { id: productId } },
          body,
          ...once(idempotencyKey),
        }),
      ),
    refreshes: [inventoryKey],
    onDone: ({ price, currency }) =>
      notify({ message: t("prices.applied", { price: format.money(price, currency) }), color: "green" }),
    showsError: true,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isCostRight && readMargin !== null) apply.mutate({ cost: readCost, marginPercent: readMargin });
  };
  const isBelow = preview?.isBelowMinimum === true;
  const minimum = {
    share: percent(data?.minimumPercent ?? now.minimumPercent),
    category: category ?? t("prices.noCategory"),
  };
  const isRefused = apply.error instanceof BodegaError && apply.error.code === "MARGIN_BELOW_MINIMUM";
  return (
    <form onSubmit={submit} noValidate aria-label={t("prices.change")}>
      <Stack gap="sm">
        <Group grow align="flex-start">
          <TextInput
            label={t("prices.columns.cost")}
            inputMode="decimal"
            autoComplete="off"
            value={cost}
            onChange={(event) => setCost(event.currentTarget.value)}
            error={cost.trim() !== "" && !isCostRight && t("prices.notACost")}
          />
          <TextInput
            label={t("prices.marginOnCost")}
            inputMode="decimal"
            autoComplete="off"
            rightSection="%"
            value={margin}
            onChange={(event) => setMargin(event.currentTarget.value)}
            error={margin.trim() !== "" && readMargin === null && t("prices.notAMargin")}
          />
        </Group>
        <div className={styles.preview} role="status" aria-live="polite">
          {preview === null ? (
            <Text c="dimmed">{t("prices.previewHint")}</Text>
          ) : (
            <>
              <Text>
                {format.money(now.price, now.currency)} →{" "}
                <b className={styles.price}>{format.money(preview.price, now.currency)}</b>
              </Text>
              <Text size="sm" c="dimmed">
                {t("prices.rounded", { share: percent(preview.marginPercent) })}
              </Text>
            </>
          )}
        </div>
        <Button
          variant="subtle"
          size="compact-sm"
          className={styles.suggested}
          onClick={() => setMargin((data ?? now).suggestedPercent.replace(".", format.decimal))}
        >
          {t("prices.useSuggested", { share: percent((data ?? now).suggestedPercent) })}
        </Button>
        {(isBelow || isRefused) && (
          <Alert
            role="alert"
            color="yellow"
            icon={<IconAlertTriangle size={18} aria-hidden />}
            title={t("prices.belowMinimum", minimum)}
          >
            {t("prices.belowMinimumText", {
              price: data?.minimumPrice == null ? "–" : format.money(data.minimumPrice, now.currency),
            })}
          </Alert>
        )}
        {apply.error !== null && !isRefused && <ErrorPanel error={apply.error} attempt="writing" isCompact />}
        <Group justify="flex-end">
          <Button type="submit" loading={apply.isPending} disabled={preview === null || isBelow}>
            {t("prices.apply")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
