import { useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Queried } from "../../../shared/page/queried.tsx";
import { useStockEvents } from "../shared/use-stock-events.ts";
import { OrderEditor } from "./order-editor.tsx";
import { OrderView } from "./order-view.tsx";
import { OrdersOverview } from "./orders-overview.tsx";
import { orderQuery } from "./orders-queries.ts";
import { ReceiveOrder } from "./receive-order.tsx";

/** Purchase orders: the list with what should be ordered, and one of them. */
export default function OrdersPage() {
  const { order } = useSearch({ from: "/shell/inventory/orders" });
  useStockEvents();
  if (order === undefined) return <OrdersOverview />;
  return order === "new" ? <OrderEditor order={null} /> : <OneOrder key={order} id={order} />;
}

function OneOrder({ id }: { readonly id: string }) {
  const { t } = useTranslation("inventory");
  const { doing } = useSearch({ from: "/shell/inventory/orders" });
  const query = useQuery(orderQuery(id));
  return (
    <Queried query={query} label={t("purchasing.opening")}>
      {(order) => {
        if (doing === "edit" && order.status === "draft") return <OrderEditor order={order} />;
        if (doing === "receive" && (order.status === "sent" || order.status === "partly_received")) {
          return <ReceiveOrder order={order} />;
        }
        return <OrderView order={order} />;
      }}
    </Queried>
  );
}
