import { dataOf } from "@bodega/sdk";
import { Button, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { isZero, readDecimal } from "../../../shared/format/decimal.ts";
import { ErrorPanel } from "../../../shared/problems/error-panel.tsx";
import { client } from "../../../shared/server/client.ts";
import { once } from "../../../shared/server/idempotency.ts";
import { textHash } from "../../../shared/server/text-hash.ts";
import { useAction } from "../../../shared/server/use-action.ts";
import { ProductPicker } from "../picking/product-picker.tsx";
import { useScanner } from "../scan/use-scanner.ts";
import { QuantityField } from "../shared/quantity-field.tsx";
import { shortagesKey } from "./tasks-queries.ts";

interface Named {
  readonly id: string;
  readonly name: string;
}

/** A product that is missing, or in words what the shop does not have at all. */
export function ShortageForm({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation(["inventory", "shell"]);
  const [product, setProduct] = useState<Named | null>(null);
  const [description, setDescription] = useState("");
  const [amount, setAmount] = useState("");
  const [note, setNote] = useState("");
  useScanner((scanned) => setProduct(scanned.product));
  const quantity = amount.trim() === "" ? null : readDecimal(amount, 3);
  const isAmountWrong = amount.trim() !== "" && (quantity === null || isZero(quantity));
  const content = {
    productId: product?.id ?? null,
    description: product === null ? description.trim() || null : null,
    note: note.trim() || null,
    ...(quantity !== null && { quantity }),
  };
  const save = useAction({
    name: "report-shortage",
    target: (given: typeof content) => textHash(JSON.stringify(given)),
    run: (body, { idempotencyKey }) => dataOf(client.http.POST("/v1/shortages", { body, ...once(idempotencyKey) })),
    refreshes: [shortagesKey],
    onDone: onClose,
    showsError: true,
  });
  const isNamed = product !== null || content.description !== null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isNamed && !isAmountWrong) save.mutate(content);
  };
  return (
    <Modal opened onClose={onClose} title={t("tasks.newShortage")}>
      <form onSubmit={submit}>
        <Stack>
          {product === null ? (
            <>
              <ProductPicker label={t("tasks.product")} onPick={setProduct} />
              <TextInput
                label={t("tasks.inWords")}
                description={t("tasks.inWordsHint")}
                maxLength={300}
                value={description}
                onChange={(event) => setDescription(event.currentTarget.value)}
              />
            </>
          ) : (
            <Group justify="space-between">
              <Text fw={600}>{product.name}</Text>
              <Button size="compact-sm" variant="default" onClick={() => setProduct(null)}>
                {t("tasks.another")}
              </Button>
            </Group>
          )}
          <QuantityField
            label={t("tasks.columns.quantity")}
            value={amount}
            onChange={setAmount}
            error={isAmountWrong && t("tasks.notAQuantity")}
          />
          <TextInput
            label={t("tasks.columns.note")}
            maxLength={500}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
          {save.error !== null && <ErrorPanel error={save.error} attempt="writing" isCompact />}
          <Group justify="flex-end">
            <Button type="submit" loading={save.isPending} disabled={!isNamed || isAmountWrong}>
              {t("shell:save.save")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
