import type { Search } from "../frame-route.ts";

export const orderStatuses = ["draft", "sent", "partly_received", "received", "cancelled"] as const;
export type OrderStatus = (typeof orderStatuses)[number];

/** Which orders, or which one of them and what is done with it. */
export interface OrdersAddress {
  readonly status?: OrderStatus;
  /** An order's id, or `new`. */
  readonly order?: string;
  readonly doing?: "edit" | "receive";
}

export function readOrdersAddress({ status, order, doing }: Search): OrdersAddress {
  const isOrder = order === "new" || (typeof order === "string" && uuid.test(order));
  return {
    ...(isStatus(status) && { status }),
    ...(isOrder && { order }),
    ...(isOrder && (doing === "edit" || doing === "receive") && { doing }),
  };
}

const isStatus = (value: unknown): value is OrderStatus => orderStatuses.some((known) => known === value);
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
