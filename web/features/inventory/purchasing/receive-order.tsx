import { dataOf } from "@bodega/sdk";
import { Alert, Anchor, Button, Group, TextInput } from "@mantine/core";
import { useSessionStorage } from "@mantine/hooks";
import { IconAlertTriangle, IconChecks } from "@tabler/icons-react";
import { Link, useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../../shared/format/use-format.ts";
import { Panel } from "../../../shared/page/panel.tsx";
import { ErrorPanel } from "../../../shared/problems/error-panel.tsx";
import { notify } from "../../../shared/problems/notify.ts";
import { client } from "../../../shared/server/client.ts";
import { once } from "../../../shared/server/idempotency.ts";
import { textHash } from "../../../shared/server/text-hash.ts";
import { useAction } from "../../../shared/server/use-action.ts";
import { Waiting } from "../../../shared/waiting/waiting.tsx";
import { useScanner } from "../scan/use-scanner.ts";
import { inventoryKey } from "../shared/inventory-queries.ts";
import { CameLines } from "./came-lines.tsx";
import type { Order } from "./orders-queries.ts";
import {
  allCame,
  type CameLine,
  emptyReceipt,
  receiptLines,
  receiptProblems,
  refusedLines,
  withScan,
} from "./receiving.ts";

/** Books what came: each scan is one more of its line; what is not on the order, or too much of it, is refused by name. */
export function ReceiveOrder({ order }: { readonly order: Order }) {
  const { t } = useTranslation("inventory");
  const format = useFormat();
  const navigate = useNavigate();
  const { id } = order;
  const [came, setCame, forget] = useSessionStorage<readonly CameLine[]>({
    key: `bodega.receipt.${id}`,
    defaultValue: emptyReceipt(order),
    getInitialValueInEffect: false,
  });
  const [reference, setReference] = useState("");
  const [stranger, setStranger] = useState<string | null>(null);
  const problems = receiptProblems(order, came);
  const lines = receiptLines(came);
  const receive = useAction({
    name: "receive-order",
    target: (given: { readonly lines: typeof lines; readonly reference: string | null }) =>
      `${id} ${textHash(JSON.stringify(given))}`,
    run: (body, { idempotencyKey }) =>
      dataOf(
        client.http.POST("/v1/purchase-orders/{id}/receipts", {
          params: { path: { id } },
          body,
          ...once(idempotencyKey),
        }),
      ),
    refreshes: [inventoryKey],
    onDone: () => {
      forget();
      notify({ message: t("purchasing.booked", { number: order.number }), color: "green" });
      void navigate({ to: "/inventory/orders", search: { order: id }, replace: true });
    },
    showsError: true,
  });
  useScanner(({ product, quantity, lot, expiresOn }) => {
    const isOnOrder = order.lines.some(({ productId }) => productId === product.id);
    setStranger(isOnOrder ? null : product.name);
    if (isOnOrder) setCame((present) => withScan(present, { productId: product.id, quantity, lot, expiresOn }));
  });
  const refused = refusedLines(receive.error);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (lines.length > 0 && problems.size === 0) receive.mutate({ lines, reference: reference.trim() || null });
  };
  return (
    <form onSubmit={submit} noValidate aria-label={t("purchasing.receiveTitle", { number: order.number })}>
      <Panel
        title={t("purchasing.receiveTitle", { number: order.number })}
        aside={
          <Anchor renderRoot={(props) => <Link {...props} to="/inventory/orders" search={{ order: id }} />}>
            {t("purchasing.backToOrder")}
          </Anchor>
        }
      >
        <Group justify="space-between" mb="sm">
          <span>{t("purchasing.receiveHint")}</span>
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconChecks size={16} aria-hidden />}
            onClick={() => setCame((present) => allCame(order, present))}
          >
            {t("purchasing.allCame")}
          </Button>
        </Group>
        {stranger !== null && (
          <Alert
            role="alert"
            color="yellow"
            icon={<IconAlertTriangle size={18} aria-hidden />}
            title={t("purchasing.stranger", { name: stranger })}
            withCloseButton
            closeButtonLabel={t("purchasing.understood")}
            onClose={() => setStranger(null)}
          >
            {t("purchasing.strangerText")}
          </Alert>
        )}
        <CameLines order={order} came={came} onChange={setCame} problems={problems} refused={refused} />
        <TextInput
          mt="md"
          maw="24rem"
          label={t("purchasing.reference")}
          description={t("purchasing.referenceHint")}
          maxLength={200}
          value={reference}
          onChange={(event) => setReference(event.currentTarget.value)}
        />
        {receive.isPending && <Waiting label={t("purchasing.booking")} />}
        {refused.size > 0 && (
          <Alert
            role="alert"
            color="yellow"
            mt="md"
            icon={<IconAlertTriangle size={18} aria-hidden />}
            title={t("purchasing.overTitle")}
          >
            {t("purchasing.overText")}
          </Alert>
        )}
        {receive.error !== null && refused.size === 0 && (
          <ErrorPanel error={receive.error} attempt="writing" isCompact />
        )}
        <Group justify="flex-end" mt="md">
          <Button type="submit" loading={receive.isPending} disabled={lines.length === 0 || problems.size > 0}>
            {t("purchasing.book", { count: lines.length, figure: format.number(lines.length) })}
          </Button>
        </Group>
      </Panel>
    </form>
  );
}
