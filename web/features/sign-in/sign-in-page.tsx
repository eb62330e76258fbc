import { BodegaError, type SignedInUser } from "@bodega/sdk";
import { Button, Checkbox, PasswordInput, Stack, Text, TextInput, Title } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { getRouteApi, useRouter } from "@tanstack/react-router";
import { type FormEvent, type KeyboardEvent, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { LanguageChoice } from "../../shared/i18n/language-choice.tsx";
import { Brand } from "../../shared/page/brand.tsx";
import { ErrorPanel } from "../../shared/problems/error-panel.tsx";
import { client } from "../../shared/server/client.ts";
import { useSingleMutation } from "../../shared/server/use-single-mutation.ts";
import { Waiting } from "../../shared/waiting/waiting.tsx";
import styles from "./sign-in-page.module.css";

const route = getRouteApi("/sign-in");

export default function SignInPage() {
  const { t } = useTranslation("signIn");
  useEffect(() => {
    document.title = `${t("title")} · Bodega`;
  }, [t]);
  return (
    <main className={styles.page}>
      <div className={styles.card}>
        <Brand />
        <div>
          <Title order={1}>{t("title")}</Title>
          <Text c="dimmed">{t("lead")}</Text>
        </div>
        <SignInForm />
        <Text size="xs" c="dimmed" className={styles.first}>
          {t("first")}
        </Text>
        <LanguageChoice />
      </div>
    </main>
  );
}

function SignInForm() {
  const { t } = useTranslation(["signIn", "shell"]);
  const { next = "/" } = route.useSearch();
  const router = useRouter();
  const queryClient = useQueryClient();
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [rememberMe, setRememberMe] = useState(true);
  const [hasCapsLock, setHasCapsLock] = useState(false);
  const passwordField = useRef<HTMLInputElement>(null);
  const waiting = useRef<AbortController>(null);

  const signIn = useSingleMutation<SignedInUser, void>({
    mutationFn: () => {
      waiting.current = new AbortController();
      return client.session.signIn({ email: email.trim(), password, rememberMe }, waiting.current.signal);
    },
    onSuccess: async () => {
      queryClient.clear();
      await router.navigate({ href: next, replace: true });
    },
    onError: () => passwordField.current?.select(),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    signIn.mutate();
  };
  const noticeCapsLock = (event: KeyboardEvent) => setHasCapsLock(event.getModifierState("CapsLock"));

  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <TextInput
          label={t("email")}
          type="email"
          name="username"
          autoComplete="username"
          inputMode="email"
          autoCapitalize="none"
          spellCheck={false}
          required
          withAsterisk={false}
          autoFocus
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <PasswordInput
          ref={passwordField}
          label={t("password")}
          name="password"
          autoComplete="current-password"
          required
          withAsterisk={false}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          onKeyDown={noticeCapsLock}
          onKeyUp={noticeCapsLock}
          {...(hasCapsLock && { description: t("shell:password.capsLock") })}
        />
        <Checkbox
          label={t("remember")}
          checked={rememberMe}
          onChange={(event) => setRememberMe(event.currentTarget.checked)}
        />
        <SignInError error={signIn.error} />
        <Button type="submit" size="md" loading={signIn.isPending} fullWidth>
          {t("submit")}
        </Button>
        {signIn.isPending && <Waiting label={t("signingIn")} onCancel={() => waiting.current?.abort()} />}
      </Stack>
    </form>
  );
}

/** Wrong credentials have their own words; a sign-in that was cancelled has none. */
function SignInError({ error }: { readonly error: unknown }) {
  const { t } = useTranslation("signIn");
  if (error === null || (error instanceof DOMException && error.name === "AbortError")) return null;
  const isWrong = error instanceof BodegaError && error.code === "UNAUTHENTICATED";
  return <ErrorPanel error={error} attempt="writing" isCompact {...(isWrong && { words: wordsOf(t) })} />;
}

const wordsOf = (t: ReturnType<typeof useTranslation<"signIn">>["t"]) => ({
  happened: t("wrong.happened"),
  kept: t("wrong.kept"),
  todo: t("wrong.todo"),
});
