import { dataOf } from "@bodega/sdk";
import { Button, Group, PasswordInput, Stack, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { ErrorPanel } from "../../../shared/problems/error-panel.tsx";
import { client } from "../../../shared/server/client.ts";
import { once } from "../../../shared/server/idempotency.ts";
import { useAction } from "../../../shared/server/use-action.ts";
import { type Role, settingsKeys } from "../queries.ts";
import { RoleFields } from "./role-fields.tsx";

const passwordLengthMin = 8;

export function NewUserForm({ onDone }: { readonly onDone: () => void }) {
  const { t } = useTranslation("settings");
  const [name, setName] = useState("");
  const [email, setEmail] = useState("");
  const [role, setRole] = useState<Role>("warehouse");
  const [supplierId, setSupplierId] = useState("");
  const [password, setPassword] = useState("");
  const create = useAction({
    name: "new-user",
    target: (user: { readonly email: string }) => user.email,
    run: (user, { idempotencyKey }) =>
      dataOf(
        client.http.POST("/v1/users", {
          body: {
            ...user,
            name: name.trim(),
            role,
            supplierId: role === "supplier" ? supplierId.trim() : null,
            password,
          },
          ...once(idempotencyKey),
        }),
      ),
    refreshes: [settingsKeys.users],
    onDone: (user) => {
      notifications.show({ message: t("users.created", { email: user.email }) });
      onDone();
    },
    showsError: true,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate({ email: email.trim() });
  };
  return (
    <form onSubmit={submit} autoComplete="off">
      <Stack>
        <TextInput
          data-autofocus
          label={t("users.name")}
          required
          maxLength={200}
          autoComplete="off"
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <TextInput
          label={t("users.email")}
          type="email"
          required
          maxLength={254}
          autoComplete="off"
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <RoleFields role={role} supplierId={supplierId} onRole={setRole} onSupplierId={setSupplierId} />
        <PasswordInput
          label={t("users.password")}
          description={t("users.passwordText")}
          required
          minLength={passwordLengthMin}
          autoComplete="new-password"
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        {create.error !== null && <ErrorPanel error={create.error} attempt="writing" isCompact />}
        <Group justify="flex-end">
          <Button type="submit" loading={create.isPending}>
            {t("users.create")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
