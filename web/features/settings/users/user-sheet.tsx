import { Button, Divider, Group, PasswordInput, Stack, Text, TextInput, Title } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { ConfirmDialog } from "../../../shared/page/confirm-dialog.tsx";
import { Sheet } from "../../../shared/page/sheet.tsx";
import { ErrorPanel } from "../../../shared/problems/error-panel.tsx";
import { client } from "../../../shared/server/client.ts";
import { once } from "../../../shared/server/idempotency.ts";
import { useAction } from "../../../shared/server/use-action.ts";
import { useMe } from "../../../shared/session/me.ts";
import { settingsKeys, type User } from "../queries.ts";
import { RoleFields } from "./role-fields.tsx";
import { useChangeUser } from "./use-change-user.ts";

const passwordLengthMin = 8;

export function UserSheet({ user, onClose }: { readonly user: User | null; readonly onClose: () => void }) {
  const { t } = useTranslation("settings");
  const me = useMe();
  return (
    <Sheet title={user?.name ?? ""} isOpen={user !== null} onClose={onClose}>
      {user !== null && (
        <Stack key={user.id} gap="lg">
          <Details user={user} isSelf={user.id === me.userId} />
          {user.id === me.userId ? (
            <Text c="dimmed">{t("users.self")}</Text>
          ) : (
            <>
              <Divider />
              <Password user={user} />
              <Divider />
              <Access user={user} onRemoved={onClose} />
            </>
          )}
        </Stack>
      )}
    </Sheet>
  );
}

function Details({ user, isSelf }: { readonly user: User; readonly isSelf: boolean }) {
  const { t } = useTranslation("settings");
  const [name, setName] = useState(user.name);
  const [role, setRole] = useState(user.role);
  const [supplierId, setSupplierId] = useState(user.supplierId ?? "");
  const change = useChangeUser(user.id);
  const wantedSupplier = role === "supplier" ? supplierId.trim() : null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const isMoved = role !== user.role || wantedSupplier !== user.supplierId;
    const body = { name: name.trim(), ...(isMoved && { role, supplierId: wantedSupplier }) };
    change.mutate({ change: body, done: t("users.saved") });
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <Text c="dimmed">{user.email}</Text>
        <TextInput
          label={t("users.name")}
          required
          maxLength={200}
          autoComplete="off"
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        {!isSelf && (
          <>
            <RoleFields role={role} supplierId={supplierId} onRole={setRole} onSupplierId={setSupplierId} />
            <Text size="xs" c="dimmed">
              {t("users.roleNote")}
            </Text>
          </>
        )}
        {change.error !== null && <ErrorPanel error={change.error} attempt="writing" isCompact />}
        <Group justify="flex-end">
          <Button type="submit" loading={change.isPending}>
            {t("users.save")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function Password({ user }: { readonly user: User }) {
  const { t } = useTranslation("settings");
  const [password, setPassword] = useState("");
  const change = useChangeUser(user.id);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    change.mutate({ change: { password }, done: t("users.reset") }, { onSuccess: () => setPassword("") });
  };
  return (
    <form onSubmit={submit} autoComplete="off">
      <Stack>
        <PasswordInput
          label={t("users.newPassword")}
          description={t("users.passwordText")}
          required
          minLength={passwordLengthMin}
          autoComplete="new-password"
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        {change.error !== null && <ErrorPanel error={change.error} attempt="writing" isCompact />}
        <Group justify="flex-end">
          <Button type="submit" variant="default" loading={change.isPending}>
            {t("users.resetPassword")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function Access({ user, onRemoved }: { readonly user: User; readonly onRemoved: () => void }) {
  const { t } = useTranslation("settings");
  const [isAsking, setIsAsking] = useState(false);
  const change = useChangeUser(user.id);
  const remove = useAction({
    name: "remove-user",
    target: ({ id }: User) => id,
    run: ({ id }, { idempotencyKey }) =>
      client.http.DELETE("/v1/users/{id}", { params: { path: { id } }, ...once(idempotencyKey) }),
    refreshes: [settingsKeys.users],
    onDone: () => {
      notifications.show({ message: t("users.removed") });
      onRemoved();
    },
  });
  const disabled = !user.disabled;
  return (
    <Stack>
      <Title order={3}>{t("users.access")}</Title>
      <Text c="dimmed">{t(user.disabled ? "users.enableText" : "users.disableText")}</Text>
      {change.error !== null && <ErrorPanel error={change.error} attempt="writing" isCompact />}
      <Group>
        <Button
          variant="default"
          loading={change.isPending}
          onClick={() =>
            change.mutate({ change: { disabled }, done: t(disabled ? "users.disabledNow" : "users.enabledNow") })
          }
        >
          {t(user.disabled ? "users.enable" : "users.disable")}
        </Button>
        <Button variant="subtle" color="red" onClick={() => setIsAsking(true)}>
          {t("users.remove")}
        </Button>
      </Group>
      <ConfirmDialog
        isOpen={isAsking}
        title={t("users.removeTitle", { name: user.name })}
        keep={t("users.keep")}
        onKeep={() => setIsAsking(false)}
        act={t("users.remove")}
        onAct={() => remove.mutate(user)}
        isFinal
        isBusy={remove.isPending}
      >
        <Text>{t("users.removeText")}</Text>
      </ConfirmDialog>
    </Stack>
  );
}
