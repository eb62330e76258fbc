import { BodegaError, dataOf } from "@bodega/sdk";
import { Button, Group, Stack, Switch, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { ErrorPanel } from "../../../shared/problems/error-panel.tsx";
import { notify } from "../../../shared/problems/notify.ts";
import { client } from "../../../shared/server/client.ts";
import { once } from "../../../shared/server/idempotency.ts";
import { useAction } from "../../../shared/server/use-action.ts";
import type { Location } from "../picking/locations.ts";
import { inventoryKey } from "../shared/inventory-queries.ts";

export interface LocationFormProps {
  /** Null: a new one. */
  readonly location: Location | null;
  readonly onSaved: () => void;
}

interface Values {
  readonly name: string;
  readonly code: string;
  readonly isActive: boolean;
}

/** A place's name and code, and whether it is in use. */
export function LocationForm({ location, onSaved }: LocationFormProps) {
  const { t } = useTranslation("inventory");
  const [name, setName] = useState(location?.name ?? "");
  const [code, setCode] = useState(location?.code ?? "");
  const [isActive, setIsActive] = useState(location?.isActive ?? true);
  const [saysAll, setSaysAll] = useState(false);
  const saving = useAction<Values, Location>({
    name: "save-location",
    target: (values) => `${location?.id ?? "new"} ${JSON.stringify(values)}`,
    run: (values, { idempotencyKey }) =>
      location === null
        ? dataOf(
            client.http.POST("/v1/locations", {
              ...once(idempotencyKey),
              body: { name: values.name, code: values.code },
            }),
          )
        : dataOf(
            client.http.PATCH("/v1/locations/{id}", {
              ...once(idempotencyKey),
              params: { path: { id: location.id } },
              body: values,
            }),
          ),
    refreshes: [inventoryKey],
    showsError: true,
    onDone: (saved) => {
      notify({ message: t("locations.saved", { name: saved.name }), color: "green" });
      onSaved();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setSaysAll(true);
    if (name.trim() !== "" && code.trim() !== "") saving.mutate({ name: name.trim(), code: code.trim(), isActive });
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="sm">
        <TextInput
          label={t("locations.name")}
          value={name}
          maxLength={200}
          required
          data-autofocus
          onChange={(event) => setName(event.currentTarget.value)}
          error={saysAll && name.trim() === "" && t("locations.nameNeeded")}
        />
        <TextInput
          label={t("locations.code")}
          description={t("locations.codeHint")}
          value={code}
          maxLength={40}
          required
          onChange={(event) => setCode(event.currentTarget.value)}
          error={saysAll && code.trim() === "" && t("locations.codeNeeded")}
        />
        {location !== null && (
          <Switch
            label={t("locations.isActive")}
            checked={isActive}
            onChange={({ currentTarget }) => setIsActive(currentTarget.checked)}
          />
        )}
        {saving.error !== null && <Refusal error={saving.error} />}
        <Group justify="flex-end">
          <Button type="submit" loading={saving.isPending}>
            {t("shared.save")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function Refusal({ error }: { readonly error: unknown }) {
  const { t } = useTranslation("inventory");
  const { t: shell } = useTranslation("shell");
  const code = error instanceof BodegaError ? error.code : "";
  const reason = code === "CONFLICT" ? "taken" : code === "LOCATION_IN_USE" ? "holdsStock" : null;
  return (
    <ErrorPanel
      error={error}
      attempt="writing"
      isCompact
      {...(reason !== null && {
        words: {
          happened: t(`locations.${reason}`),
          kept: shell("error.keptWriting"),
          todo: t(reason === "taken" ? "locations.takenTodo" : "locations.holdsStockTodo"),
        },
      })}
    />
  );
}
