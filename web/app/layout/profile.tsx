import { BodegaError, dataOf } from "@bodega/sdk";
import { Button, Group, Modal, PasswordInput, Stack, Text, TextInput, Title } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { queryOptions, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { ErrorPanel } from "../../shared/problems/error-panel.tsx";
import { client } from "../../shared/server/client.ts";
import { once } from "../../shared/server/idempotency.ts";
import { useAction } from "../../shared/server/use-action.ts";
import { useSingleMutation } from "../../shared/server/use-single-mutation.ts";
import { useMe } from "../../shared/session/me.ts";
import { Waiting } from "../../shared/waiting/waiting.tsx";

/** As the server's `passwordLength`. */
const passwordMin = 8;

/** Who one is, and one's own password. A new one ends every session, so one signs in with it right away. */
export default function Profile({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const me = useMe();
  return (
    <Modal opened onClose={onClose} title={t("user.profile")}>
      <Stack gap="lg">
        <div>
          <Text fw={600}>{me.email ?? me.userId}</Text>
          <Text c="dimmed">{t(`roles.${me.role}`)}</Text>
        </div>
        <NameForm />
        <PasswordForm email={me.email ?? ""} onDone={onClose} />
      </Stack>
    </Modal>
  );
}

const profileQuery = queryOptions({
  queryKey: ["me", "profile"],
  queryFn: ({ signal }) => dataOf(client.http.GET("/v1/me/profile", { signal })),
  retry: false,
});

/** Whoever signs in elsewhere has their name there; then there is nothing to change here. */
function NameForm() {
  const profile = useQuery(profileQuery);
  const isElsewhere = profile.error instanceof BodegaError && profile.error.code === "NOT_FOUND";
  if (isElsewhere) return null;
  if (profile.error !== null)
    return <ErrorPanel error={profile.error} isCompact onRetry={() => void profile.refetch()} />;
  return profile.data === undefined ? <Waiting /> : <NameField name={profile.data.name} />;
}

function NameField({ name }: { readonly name: string }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState(name);
  const save = useAction({
    name: "own-name",
    target: (next: string) => next,
    run: (next, { idempotencyKey }) =>
      client.http.PATCH("/v1/me/profile", { body: { name: next }, ...once(idempotencyKey) }),
    refreshes: [profileQuery.queryKey, ["users"]],
    onDone: () => notifications.show({ message: t("profile.nameSaved") }),
  });
  const next = typed.trim();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (next !== "" && next !== name) save.mutate(next);
  };
  return (
    <form onSubmit={submit}>
      <Group align="flex-end" gap="sm" wrap="nowrap">
        <TextInput
          flex={1}
          label={t("profile.name")}
          description={t("profile.nameHint")}
          name="name"
          autoComplete="name"
          required
          maxLength={200}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <Button type="submit" variant="default" loading={save.isPending} disabled={next === "" || next === name}>
          {t("profile.saveName")}
        </Button>
      </Group>
    </form>
  );
}

function PasswordForm({ email, onDone }: { readonly email: string; readonly onDone: () => void }) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const router = useRouter();
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const change = useSingleMutation<void, void>({
    mutationFn: async () => {
      await client.http.PUT("/v1/me/password", { body: { currentPassword: current, newPassword: next } });
      await client.session.signIn({ email, password: next });
    },
    onSuccess: async () => {
      notifications.show({ message: t("password.changed") });
      onDone();
      await queryClient.invalidateQueries();
      await router.invalidate();
    },
  });
  const isWrong = change.error instanceof BodegaError && change.error.code === "FORBIDDEN";
  const submit = (event: FormEvent) => {
    event.preventDefault();
    change.mutate();
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <Title order={2} size="h3">
          {t("password.title")}
        </Title>
        {/* Password managers file the new password under this name. */}
        <input hidden type="email" name="username" autoComplete="username" value={email} readOnly />
        <PasswordInput
          label={t("password.current")}
          name="current-password"
          autoComplete="current-password"
          required
          value={current}
          onChange={(event) => setCurrent(event.currentTarget.value)}
        />
        <PasswordInput
          label={t("password.next")}
          description={t("password.rule", { count: passwordMin })}
          name="new-password"
          autoComplete="new-password"
          required
          minLength={passwordMin}
          value={next}
          onChange={(event) => setNext(event.currentTarget.value)}
        />
        {change.error !== null && (
          <ErrorPanel
            error={change.error}
            attempt="writing"
            isCompact
            {...(isWrong && {
              words: {
                happened: t("password.wrong"),
                kept: t("error.keptWriting"),
                todo: t("password.wrongTodo"),
              },
            })}
          />
        )}
        <Text size="xs" c="dimmed">
          {t("password.note")}
        </Text>
        <Group justify="flex-end">
          <Button type="submit" loading={change.isPending}>
            {t("password.change")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
