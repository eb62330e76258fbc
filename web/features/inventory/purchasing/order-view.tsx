import { dataOf } from "@bodega/sdk";
import { Anchor, Button, Group, Text } from "@mantine/core";
import { IconPackageImport, IconPencil, IconPrinter, IconSend, IconX } from "@tabler/icons-react";
import { Link, useNavigate } from "@tanstack/react-router";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { ConfirmDialog } from "../../../shared/page/confirm-dialog.tsx";
import { PageAction } from "../../../shared/page/page.tsx";
import { Panel } from "../../../shared/page/panel.tsx";
import { client } from "../../../shared/server/client.ts";
import { once } from "../../../shared/server/idempotency.ts";
import { useAction } from "../../../shared/server/use-action.ts";
import { inventoryKey } from "../shared/inventory-queries.ts";
import { OrderFacts } from "./order-facts.tsx";
import { OrderLines } from "./order-lines.tsx";
import type { Order } from "./orders-queries.ts";
import { PrintedOrder } from "./printed-order.tsx";
import { Receipts } from "./receipts.tsx";

/** One order: what it asks for, what came of it, and what can be done next. */
export function OrderView({ order }: { readonly order: Order }) {
  const { t } = useTranslation("inventory");
  const [isCancelling, setIsCancelling] = useState(false);
  const back = useRef<HTMLAnchorElement>(null);
  const { isPending, send, cancel } = useOrderActions(order, () => setIsCancelling(false));
  const isOpen = order.status === "sent" || order.status === "partly_received";
  const isDraft = order.status === "draft";
  return (
    <>
      <PageAction>
        {isDraft && (
          <Button leftSection={<IconSend size={16} aria-hidden />} loading={isPending} onClick={send}>
            {t("purchasing.send")}
          </Button>
        )}
        {isOpen && (
          <Button
            leftSection={<IconPackageImport size={16} aria-hidden />}
            renderRoot={(props) => (
              <Link to="/inventory/orders" search={{ order: order.id, doing: "receive" }} {...props} />
            )}
          >
            {t("purchasing.receive")}
          </Button>
        )}
      </PageAction>
      <Panel
        title={t("purchasing.numbered", { number: order.number })}
        aside={
          <Anchor ref={back} component={Link} to="/inventory/orders">
            {t("purchasing.back")}
          </Anchor>
        }
      >
        <OrderFacts order={order} />
        <Group mt="md" gap="xs">
          {isDraft && (
            <Button
              variant="default"
              size="compact-sm"
              leftSection={<IconPencil size={14} aria-hidden />}
              renderRoot={(props) => (
                <Link to="/inventory/orders" search={{ order: order.id, doing: "edit" }} {...props} />
              )}
            >
              {t("purchasing.edit")}
            </Button>
          )}
          <Button
            variant="default"
            size="compact-sm"
            leftSection={<IconPrinter size={14} aria-hidden />}
            onClick={() => window.print()}
          >
            {t("purchasing.print")}
          </Button>
          {(isOpen || isDraft) && (
            <Button
              variant="subtle"
              color="gray"
              size="compact-sm"
              leftSection={<IconX size={14} aria-hidden />}
              disabled={isPending}
              onClick={() => setIsCancelling(true)}
            >
              {t("purchasing.cancel")}
            </Button>
          )}
        </Group>
      </Panel>
      <Panel isFlush>
        <OrderLines order={order} />
      </Panel>
      {order.receipts.length > 0 && (
        <Panel title={t("purchasing.receipts")}>
          <Receipts order={order} />
        </Panel>
      )}
      <PrintedOrder order={order} />
      <ConfirmDialog
        isOpen={isCancelling}
        title={t("purchasing.cancelTitle", { number: order.number })}
        keep={t("purchasing.cancelKeep")}
        onKeep={() => setIsCancelling(false)}
        act={t("purchasing.cancel")}
        onAct={cancel}
        isFinal
        isBusy={isPending}
        onGone={() => {
          // A cancelled order has nothing left to cancel, and the focus goes to the way back.
          if (document.activeElement === document.body) back.current?.focus();
        }}
      >
        <Text>{t(isDraft ? "purchasing.cancelDraft" : "purchasing.cancelText")}</Text>
      </ConfirmDialog>
    </>
  );
}

/** Sending and cancelling: each once, and the order is read anew whatever came of it. */
function useOrderActions({ id }: Order, onCancelEnded: () => void) {
  const navigate = useNavigate();
  const show = () => void navigate({ to: "/inventory/orders", search: { order: id }, replace: true });
  const options = { target: () => id, refreshes: [inventoryKey], onDone: show };
  const sending = useAction<void>({
    ...options,
    name: "send-order",
    run: (_order, { idempotencyKey }) =>
      dataOf(client.http.POST("/v1/purchase-orders/{id}/send", { params: { path: { id } }, ...once(idempotencyKey) })),
  });
  const cancelling = useAction<void>({
    ...options,
    name: "cancel-order",
    run: (_order, { idempotencyKey }) =>
      dataOf(
        client.http.POST("/v1/purchase-orders/{id}/cancel", { params: { path: { id } }, ...once(idempotencyKey) }),
      ),
  });
  return {
    isPending: sending.isPending || cancelling.isPending,
    send: () => sending.mutate(),
    cancel: () => cancelling.mutate(undefined, { onSettled: onCancelEnded }),
  };
}
