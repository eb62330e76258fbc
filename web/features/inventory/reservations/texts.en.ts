import type { TextsLike } from "../../../shared/i18n/translations.ts";
import type es from "./texts.es.ts";

const reservations: TextsLike<typeof es> = {
  title: "Reservations",
  new: "New reservation",
  state: "State",
  states: {
    active: "Active",
    confirmed: "Confirmed",
    cancelled: "Cancelled",
    expired: "Expired",
    all: "All",
  },
  one: {
    active: "Active",
    confirmed: "Confirmed",
    cancelled: "Cancelled",
    expired: "Expired",
    overdue: "Expired",
  },
  mine: "Only mine",
  ofProduct: "Of one product only",
  showAll: "Remove filters",
  loading: "Reading reservations…",
  empty: "There are no reservations",
  emptyText:
    "A reservation puts goods aside for a while: nobody else can sell them until it is confirmed, cancelled or expires.",
  by: "of {{name}}",
  byShop: "of the shop",
  without: "Without a reference",
  line: "{{quantity}} × {{name}}",
  at: "at {{location}}",
  remaining: "{{time}} left",
  confirm: "Confirm the sale",
  cancel: "Cancel the reservation",
  extend: "Extend",
  extendBy: {
    "900": "15 minutes from now",
    "3600": "1 hour from now",
    "86400": "1 day from now",
  },
  extendTitle: "Until when",
  confirmed: "The sale is confirmed.",
  cancelled: "The reservation is cancelled: the goods are free again.",
  extended: "The reservation is extended.",
  more_one: "and {{count}} more line",
  more_other: "and {{count}} more lines",
  form: {
    location: "Location",
    reference: "For whom",
    referenceHint: "Customer, table, order…",
    duration: "Put aside for",
    durations: {
      "900": "15 minutes",
      "3600": "1 hour",
      "14400": "4 hours",
      "86400": "1 day",
      "604800": "7 days",
    },
    submit_one: "Reserve {{count}} product",
    submit_other: "Reserve {{count}} products",
    sending: "Reservation in progress…",
    done: "Reserved",
    again: "Another reservation",
  },
};

export default reservations;
