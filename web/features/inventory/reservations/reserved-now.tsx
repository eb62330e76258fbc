import { dataOf } from "@bodega/sdk";
import { Button, Group, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { Panel } from "../../../shared/page/panel.tsx";
import { Queried } from "../../../shared/page/queried.tsx";
import { client } from "../../../shared/server/client.ts";
import { inventoryKey } from "../shared/inventory-queries.ts";
import { ReservationCard } from "./reservation-card.tsx";

export interface ReservedNowProps {
  readonly id: string;
  readonly onAgain: () => void;
}

/** What was just put aside, with its countdown; the next one is an Enter away. */
export function ReservedNow({ id, onAgain }: ReservedNowProps) {
  const { t } = useTranslation("inventory");
  const again = useRef<HTMLButtonElement>(null);
  const reservation = useQuery({
    queryKey: [...inventoryKey, "reservation", id],
    queryFn: ({ signal }) => dataOf(client.http.GET("/v1/reservations/{id}", { signal, params: { path: { id } } })),
  });
  useEffect(() => again.current?.focus(), []);
  return (
    <Panel title={t("reservations.form.done")}>
      <Stack gap="md">
        <Queried query={reservation} label={t("reservations.loading")}>
          {(found) => <ReservationCard reservation={found} />}
        </Queried>
        <Group justify="flex-end">
          <Button ref={again} variant="default" onClick={onAgain}>
            {t("reservations.form.again")}
          </Button>
        </Group>
      </Stack>
    </Panel>
  );
}
