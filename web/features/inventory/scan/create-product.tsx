import { Button, Group, NativeSelect, Stack, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { readDecimal } from "../../../shared/format/decimal.ts";
import { ErrorPanel } from "../../../shared/problems/error-panel.tsx";
import { notify } from "../../../shared/problems/notify.ts";
import { client } from "../../../shared/server/client.ts";
import { useAction } from "../../../shared/server/use-action.ts";

const units = ["unit", "kg", "g", "l", "ml", "m", "pack"] as const;
type Unit = (typeof units)[number];
const isUnit = (value: string): value is Unit => units.some((unit) => unit === value);

/** The shop's currency: that of its latest product. */
const currencyQuery = {
  queryKey: ["inventory", "currency"],
  queryFn: async ({ signal }: { readonly signal: AbortSignal }) =>
    (await client.products.list({ limit: 1 }, { signal })).items[0]?.currency ?? "ARS",
  staleTime: Number.POSITIVE_INFINITY,
};

export interface CreateProductProps {
  readonly sku: string;
  readonly gtin: string | null;
  /** It came from a scale, so it is sold by weight. */
  readonly isWeighed: boolean;
  readonly onCreated: () => void;
}

/** The least that a product needs to be counted and sold; the rest can be written on its page later. */
export function CreateProduct({ sku, gtin, isWeighed, onCreated }: CreateProductProps) {
  const { t } = useTranslation("inventory");
  const { data: shopCurrency } = useQuery(currencyQuery);
  const [name, setName] = useState("");
  const [price, setPrice] = useState("");
  const [unit, setUnit] = useState<Unit>(isWeighed ? "kg" : "unit");
  const [ownCurrency, setOwnCurrency] = useState<string | null>(null);
  const [saysAll, setSaysAll] = useState(false);
  const currency = (ownCurrency ?? shopCurrency ?? "").trim().toUpperCase();
  const amount = readDecimal(price, 4);
  const creation = useAction({
    name: "create-scanned",
    target: () => sku,
    run: (product: { readonly name: string; readonly price: string }, options) =>
      client.products.create({ ...product, sku, gtin, unit, currency }, options),
    refreshes: [["products"]],
    showsError: true,
    onDone: (product) => {
      notify({ message: t("scan.unknown.created", { name: product.name }), color: "green" });
      onCreated();
    },
  });
  const isCurrency = /^[A-Z]{3}$/.test(currency);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setSaysAll(true);
    if (name.trim() !== "" && amount !== null && isCurrency) creation.mutate({ name: name.trim(), price: amount });
  };
  return (
    <form onSubmit={submit} noValidate aria-label={t("scan.unknown.create")}>
      <Stack gap="sm">
        <TextInput
          label={t("scan.unknown.name")}
          value={name}
          maxLength={200}
          data-autofocus
          required
          onChange={(event) => setName(event.currentTarget.value)}
          error={saysAll && name.trim() === "" && t("scan.unknown.nameNeeded")}
        />
        <Group grow align="flex-start">
          <TextInput
            label={t("scan.unknown.price")}
            value={price}
            inputMode="decimal"
            autoComplete="off"
            required
            onChange={(event) => setPrice(event.currentTarget.value)}
            error={saysAll && amount === null && t("scan.unknown.priceNeeded")}
          />
          <TextInput
            label={t("scan.unknown.currency")}
            value={ownCurrency ?? shopCurrency ?? ""}
            maxLength={3}
            autoComplete="off"
            required
            onChange={(event) => setOwnCurrency(event.currentTarget.value)}
            error={saysAll && !isCurrency && t("scan.unknown.currencyNeeded")}
          />
          <NativeSelect
            label={t("scan.unknown.unit")}
            data={units.map((value) => ({ value, label: t(`scan.unknown.units.${value}`) }))}
            value={unit}
            onChange={({ currentTarget: { value } }) => isUnit(value) && setUnit(value)}
          />
        </Group>
        {creation.error !== null && <ErrorPanel error={creation.error} attempt="writing" isCompact />}
        <Group justify="flex-end">
          <Button type="submit" loading={creation.isPending}>
            {t("scan.unknown.createAction")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
