import type { TextsLike } from "../../../shared/i18n/translations.ts";
import type es from "./frame.es.ts";

const frame: TextsLike<typeof es> = {
  title: "Stock",
  tabs: {
    label: "Parts of Stock",
    stock: "Stock",
    movements: "Movements",
    reservations: "Reservations",
    counts: "Counts",
    orders: "Orders",
    prices: "Prices",
    labels: "Labels",
    tasks: "Tasks",
  },
};

export default frame;
