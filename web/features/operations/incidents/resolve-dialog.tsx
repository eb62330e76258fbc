import { Button, Group, Modal, Stack, Textarea } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { ErrorPanel } from "../../../shared/problems/error-panel.tsx";
import { client } from "../../../shared/server/client.ts";
import { once } from "../../../shared/server/idempotency.ts";
import { useAction } from "../../../shared/server/use-action.ts";
import { type Incident, operationsKeys } from "../queries.ts";

/** Why it is over, in a person's words: the next one who is called at night will read it. */
export function ResolveDialog({ incident, onClose }: { readonly incident: Incident; readonly onClose: () => void }) {
  const { t } = useTranslation(["operations", "shell"]);
  const [resolution, setResolution] = useState("");
  const resolve = useAction({
    name: "resolve-incident",
    target: (text: string) => `${incident.id} ${text}`,
    run: (text, { idempotencyKey }) =>
      client.http.POST("/v1/operations/incidents/{id}/resolve", {
        params: { path: { id: incident.id } },
        body: { resolution: text },
        ...once(idempotencyKey),
      }),
    refreshes: [operationsKeys.all],
    onDone: onClose,
    showsError: true,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    resolve.mutate(resolution.trim());
  };
  return (
    <Modal opened onClose={onClose} title={t("incidents.resolveTitle")}>
      <form onSubmit={submit}>
        <Stack>
          <Textarea
            data-autofocus
            label={t("incidents.resolution")}
            description={t("incidents.resolutionHint")}
            required
            maxLength={1000}
            autosize
            minRows={3}
            value={resolution}
            onChange={(event) => setResolution(event.currentTarget.value)}
          />
          {resolve.error !== null && <ErrorPanel error={resolve.error} attempt="writing" isCompact />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t("shell:save.cancel")}
            </Button>
            <Button type="submit" loading={resolve.isPending}>
              {t("incidents.resolve")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
