import { dataOf } from "@bodega/sdk";
import { Button, Group, Menu, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { RelativeTime } from "../../../shared/format/relative-time.tsx";
import { Chip, type Tone } from "../../../shared/page/chip.tsx";
import { notify } from "../../../shared/problems/notify.ts";
import { client } from "../../../shared/server/client.ts";
import { once } from "../../../shared/server/idempotency.ts";
import { useAction } from "../../../shared/server/use-action.ts";
import { usePlaceName } from "../picking/use-place-name.ts";
import { inventoryKey, type Reservation } from "../shared/inventory-queries.ts";
import { useQuantity } from "../shared/quantity.ts";
import { Remaining } from "./remaining.tsx";
import styles from "./reservation-card.module.css";

const tones = {
  active: "info",
  confirmed: "good",
  cancelled: "neutral",
  expired: "warning",
} as const satisfies Record<Reservation["state"], Tone>;

const linesShown = 6;
const extensions = ["900", "3600", "86400"] as const;

/** Who holds what for whom, for how long, and what can be done about it. */
export function ReservationCard({ reservation }: { readonly reservation: Reservation }) {
  const { t } = useTranslation("inventory");
  const queryClient = useQueryClient();
  const quantity = useQuantity();
  const placeName = usePlaceName();
  const { id, state, isOverdue, reference, lines, createdAt, createdByName, expiresAt, closedAt, closeReason } =
    reservation;
  const isOpen = state === "active" && !isOverdue;
  return (
    <article className={styles.card} aria-label={reference ?? t("reservations.without")} data-reservation={id}>
      <header className={styles.head}>
        <Text fw={600} className={styles.reference}>
          {reference ?? t("reservations.without")}
        </Text>
        {isOpen ? (
          <Remaining
            key={expiresAt}
            expiresAt={expiresAt}
            onOver={() => void queryClient.invalidateQueries({ queryKey: inventoryKey })}
          />
        ) : (
          <Chip tone={isOverdue ? "warning" : tones[state]}>
            {t(`reservations.one.${isOverdue ? "overdue" : state}`)}
          </Chip>
        )}
      </header>
      <ul className={styles.lines}>
        {lines.slice(0, linesShown).map((line) => (
          <li key={`${line.productId} ${line.locationId}`}>
            {t("reservations.line", {
              quantity: quantity.amount(line.quantity, line.unit ?? "unit"),
              name: line.name ?? line.productId,
            })}{" "}
            <Text span size="xs" c="dimmed">
              {t("reservations.at", { location: placeName(line.locationId, line.locationCode) })}
            </Text>
          </li>
        ))}
        {lines.length > linesShown && <li>{t("reservations.more", { count: lines.length - linesShown })}</li>}
      </ul>
      <Text size="xs" c="dimmed">
        {createdByName === null ? t("reservations.byShop") : t("reservations.by", { name: createdByName })} ·{" "}
        <RelativeTime at={createdAt} />
        {closedAt !== null && (
          <>
            {" · "}
            {t(`reservations.one.${state}`)} <RelativeTime at={closedAt} />
          </>
        )}
        {closeReason !== null && <> · {closeReason}</>}
      </Text>
      {isOpen && <Actions reservation={reservation} />}
    </article>
  );
}

function Actions({ reservation: { id } }: { readonly reservation: Reservation }) {
  const { t } = useTranslation("inventory");
  const params = { path: { id } };
  const shared = { target: () => id, refreshes: [inventoryKey] };
  const confirm = useAction({
    ...shared,
    name: "confirm-reservation",
    run: (_: undefined, { idempotencyKey }) =>
      dataOf(client.http.POST("/v1/reservations/{id}/confirm", { ...once(idempotencyKey), params })),
    onDone: () => notify({ message: t("reservations.confirmed"), color: "green" }),
  });
  const cancel = useAction({
    ...shared,
    name: "cancel-reservation",
    run: (_: undefined, { idempotencyKey }) =>
      dataOf(client.http.POST("/v1/reservations/{id}/cancel", { ...once(idempotencyKey), params, body: {} })),
    onDone: () => notify({ message: t("reservations.cancelled") }),
  });
  const extend = useAction({
    ...shared,
    name: "extend-reservation",
    run: (expiresInSeconds: number, { idempotencyKey }) =>
      dataOf(
        client.http.POST("/v1/reservations/{id}/extend", {
          ...once(idempotencyKey),
          params,
          body: { expiresInSeconds },
        }),
      ),
    onDone: () => notify({ message: t("reservations.extended") }),
  });
  const isBusy = confirm.isPending || cancel.isPending || extend.isPending;
  return (
    <Group gap="xs" className={styles.actions}>
      <Button loading={confirm.isPending} disabled={isBusy} onClick={() => confirm.mutate(undefined)}>
        {t("reservations.confirm")}
      </Button>
      <Menu position="bottom-start">
        <Menu.Target>
          <Button variant="default" loading={extend.isPending} disabled={isBusy}>
            {t("reservations.extend")}
          </Button>
        </Menu.Target>
        <Menu.Dropdown aria-label={t("reservations.extendTitle")}>
          {extensions.map((seconds) => (
            <Menu.Item key={seconds} onClick={() => extend.mutate(Number(seconds))}>
              {t(`reservations.extendBy.${seconds}`)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <Button
        variant="subtle"
        color="gray"
        loading={cancel.isPending}
        disabled={isBusy}
        onClick={() => cancel.mutate(undefined)}
      >
        {t("reservations.cancel")}
      </Button>
    </Group>
  );
}
