import { BodegaError, type NewProduct, type Product, type ProductFormValues, productFormFields } from "@bodega/sdk";
import { useBodega, useMutationKey } from "@bodega/sdk/react";
import { Button, Group } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Page } from "../../../shared/page/page.tsx";
import { Panel } from "../../../shared/page/panel.tsx";
import { ErrorPanel } from "../../../shared/problems/error-panel.tsx";
import { notify } from "../../../shared/problems/notify.ts";
import { notifyError } from "../../../shared/problems/notify-error.tsx";
import { Waiting } from "../../../shared/waiting/waiting.tsx";
import { slugOf } from "../bulk/product-names.ts";
import { facetsQuery } from "../facets.ts";
import { allLists } from "../list/use-product-list.ts";
import { brokenRule, isUnit } from "./field-rules.ts";
import { ProductFields } from "./product-fields.tsx";

const empty: ProductFormValues = {
  sku: "",
  name: "",
  description: "",
  category: null,
  gtin: null,
  unit: "unit",
  price: "0",
  cost: null,
  currency: "",
  minimumPurchase: "1",
  supplierId: null,
  isActive: true,
};

/** One product by hand; its photos follow on its page. */
export default function NewProductPage() {
  const { t } = useTranslation("catalog");
  const { t: shell } = useTranslation("shell");
  const navigate = useNavigate();
  const { client, queryClient } = useBodega();
  const key = useMutationKey("new-product");
  const waiting = useRef<AbortController>(null);
  const facets = useQuery(facetsQuery);
  const [given, setGiven] = useState(empty);
  const [touched, setTouched] = useState<readonly (keyof ProductFormValues)[]>([]);
  // Until somebody chooses one, it is the shop's.
  const values = touched.includes("currency") ? given : { ...given, currency: facets.data?.shopCurrency ?? "" };
  const [saysAll, setSaysAll] = useState(false);
  const [isAsking, setIsAsking] = useState(false);

  const creation = useMutation({
    mutationFn: (product: NewProduct) => {
      waiting.current = new AbortController();
      return client.products.create(product, { idempotencyKey: key.value(), signal: waiting.current.signal });
    },
    onSuccess: (product) => {
      key.settle();
      void queryClient.invalidateQueries(allLists);
      void queryClient.invalidateQueries({ queryKey: ["catalog", "facets"] });
      notify({ message: t("product.created", { name: product.name }), color: "green" });
      void navigate({ to: "/catalog/$productId", params: { productId: product.id } });
    },
    onError: (error) => {
      // Refused: the next try is another one. Unknown: the same key finds out.
      if (error instanceof BodegaError && error.status >= 400 && error.status < 500) key.settle();
    },
  });
  const isBusy = creation.isPending || isAsking;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setSaysAll(true);
    const isBroken = productFormFields.some((field) => brokenRule(field, values[field]) !== null);
    if (!isBroken && !isBusy) creation.mutate(productOf(values));
  };
  /** By the same key: what was made is found, or made only now; either way it is taken away again. */
  const cancel = async () => {
    if (creation.variables === undefined) return;
    waiting.current?.abort(new DOMException("cancelled", "AbortError"));
    setIsAsking(true);
    try {
      const made: Product = await client.products.create(creation.variables, { idempotencyKey: key.value() });
      await client.products.remove(made.id);
      key.settle();
      notify({ message: t("product.cancelledCreate") });
    } catch (error) {
      notifyError(error);
    } finally {
      setIsAsking(false);
    }
  };

  return (
    <Page title={t("product.newTitle")}>
      <Panel>
        <form onSubmit={submit} noValidate aria-label={t("product.newTitle")}>
          <ProductFields
            values={values}
            set={(field, value) => {
              setGiven((present) => {
                const next = { ...present, [field]: value };
                // Until somebody writes one, the SKU follows the name.
                const followsName = field === "name" && !touched.includes("sku");
                return followsName ? { ...next, sku: next.name.trim() === "" ? "" : slugOf(next.name) } : next;
              });
              setTouched((present) => (present.includes(field) ? present : [...present, field]));
            }}
            saysAll={saysAll}
            touched={touched}
          />
          {creation.error !== null && !isBusy && !isAborted(creation.error) && (
            <ErrorPanel error={creation.error} attempt="writing" isCompact />
          )}
          {isBusy && (
            <Waiting
              label={isAsking ? shell("waiting.checking") : t("product.saving")}
              {...(!isAsking && { onCancel: () => void cancel() })}
            />
          )}
          <Group justify="flex-end" mt="md">
            <Button type="submit" loading={isBusy}>
              {t("product.create")}
            </Button>
          </Group>
        </form>
      </Panel>
    </Page>
  );
}

const productOf = ({ unit, ...values }: ProductFormValues): NewProduct => ({
  ...values,
  unit: isUnit(unit) ? unit : "unit",
});

const isAborted = (error: unknown): boolean => error instanceof DOMException && error.name === "AbortError";
