import { useTranslation } from "react-i18next";
import { Chip, type Tone } from "../../../shared/page/chip.tsx";
import type { OrderStatus } from "./address.ts";

const tones = {
  draft: "neutral",
  sent: "info",
  partly_received: "warning",
  received: "good",
  cancelled: "neutral",
} as const satisfies Record<OrderStatus, Tone>;

export function OrderState({ status }: { readonly status: OrderStatus }) {
  const { t } = useTranslation("inventory");
  return <Chip tone={tones[status]}>{t(`purchasing.states.${status}`)}</Chip>;
}
