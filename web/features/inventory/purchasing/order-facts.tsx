import { useTranslation } from "react-i18next";
import { RelativeTime } from "../../../shared/format/relative-time.tsx";
import { useFormat } from "../../../shared/format/use-format.ts";
import { Facts } from "../../../shared/page/facts.tsx";
import { usePlaceName } from "../picking/use-place-name.ts";
import facts from "../shared/facts-beside.module.css";
import { useWorth } from "../shared/worth.ts";
import { costOf } from "./order-figures.ts";
import { OrderState } from "./order-status.tsx";
import type { Order } from "./orders-queries.ts";
import { useSupplierName } from "./use-supplier-name.ts";

export function OrderFacts({ order }: { readonly order: Order }) {
  const { t } = useTranslation("inventory");
  const format = useFormat();
  const worth = useWorth();
  const supplierName = useSupplierName();
  const placeName = usePlaceName();
  const cost = costOf(order.lines);
  return (
    <div className={facts.beside}>
      <Facts
        facts={[
          [t("purchasing.columns.status"), <OrderState key="state" status={order.status} />],
          [t("purchasing.columns.supplier"), supplierName(order.supplierId)],
          [t("purchasing.columns.location"), placeName(order.locationId, order.locationCode)],
          [t("purchasing.columns.expected"), order.expectedOn === null ? "–" : format.day(order.expectedOn)],
          [t("purchasing.columns.created"), <RelativeTime key="created" at={order.createdAt} />],
          ...(order.sentAt === null
            ? []
            : [[t("purchasing.columns.sent"), <RelativeTime key="sent" at={order.sentAt} />] as const]),
          ...(cost === null ? [] : [[t("purchasing.columns.cost"), worth.amount(cost)] as const]),
          ...(order.note === null ? [] : [[t("purchasing.columns.note"), order.note] as const]),
        ]}
      />
    </div>
  );
}
