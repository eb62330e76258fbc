import { dataOf } from "@bodega/sdk";
import { Button, Modal } from "@mantine/core";
import { IconMapPin, IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useShortcut } from "../../../shared/keyboard/use-shortcut.ts";
import { Chip } from "../../../shared/page/chip.tsx";
import { Empty } from "../../../shared/page/empty.tsx";
import { ActionKey, PageAction } from "../../../shared/page/page.tsx";
import { Panel } from "../../../shared/page/panel.tsx";
import { Queried } from "../../../shared/page/queried.tsx";
import { client } from "../../../shared/server/client.ts";
import { useMay } from "../../../shared/session/me.ts";
import { DataTable } from "../../../shared/table/data-table.tsx";
import type { Location } from "../picking/locations.ts";
import { inventoryKey } from "../shared/inventory-queries.ts";
import { LocationForm } from "./location-form.tsx";

/** The places where goods lie. */
export default function LocationsPage() {
  const { t } = useTranslation("inventory");
  const mayWrite = useMay("stock:write");
  const [edited, setEdited] = useState<Location | "new" | null>(null);
  const locations = useQuery({
    queryKey: [...inventoryKey, "locations", "all"],
    queryFn: ({ signal }) => dataOf(client.http.GET("/v1/locations", { signal, params: { query: { limit: 200 } } })),
  });
  useShortcut("n", () => setEdited("new"), mayWrite);
  return (
    <>
      {mayWrite && (
        <PageAction>
          <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setEdited("new")}>
            {t("locations.add")}
            <ActionKey>N</ActionKey>
          </Button>
        </PageAction>
      )}
      <Panel title={t("locations.title")} isFlush>
        <Queried query={locations} label={t("locations.loading")}>
          {({ items }) =>
            items.length === 0 ? (
              <Empty icon={IconMapPin} title={t("locations.empty")}>
                {t("locations.emptyText")}
              </Empty>
            ) : (
              <DataTable
                id="locations"
                label={t("locations.title")}
                columns={[
                  { id: "name", header: t("locations.name"), cell: ({ name }) => name },
                  { id: "code", header: t("locations.code"), cell: ({ code }) => code },
                  {
                    id: "state",
                    header: t("locations.state"),
                    cell: ({ isActive }) => (
                      <Chip tone={isActive ? "good" : "neutral"}>
                        {t(isActive ? "locations.inUse" : "locations.outOfUse")}
                      </Chip>
                    ),
                  },
                ]}
                rows={items}
                rowKey={({ id }) => id}
                {...(mayWrite && { onOpen: (location: Location) => setEdited(location) })}
              />
            )
          }
        </Queried>
      </Panel>
      <Modal
        opened={edited !== null}
        onClose={() => setEdited(null)}
        title={t(edited === "new" ? "locations.newTitle" : "locations.editTitle")}
      >
        {edited !== null && (
          <LocationForm location={edited === "new" ? null : edited} onSaved={() => setEdited(null)} />
        )}
      </Modal>
    </>
  );
}
