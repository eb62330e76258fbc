import { dataOf } from "@bodega/sdk";
import { productKeys, useMutationKey } from "@bodega/sdk/react";
import { Button, Group, Progress, Text, Title } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { notify } from "../../../shared/problems/notify.ts";
import { notifyError } from "../../../shared/problems/notify-error.tsx";
import { client } from "../../../shared/server/client.ts";
import { useMay } from "../../../shared/session/me.ts";
import { Waiting } from "../../../shared/waiting/waiting.tsx";
import styles from "./demo-welcome.module.css";
import { useDemo } from "./use-demo.ts";

/** At the first run: what these products are, and how to be rid of them. Dismissed in this browser. */
export function DemoWelcome() {
  const { t } = useTranslation("catalog");
  const mayRemove = useMay("operations:manage");
  const demo = useDemo();
  const [isSure, setIsSure] = useState(false);
  const removal = useRemoval();
  const { products, total, isSeeding } = demo;
  if (!demo.isThere || demo.isDismissed) return null;
  return (
    <section className={styles.welcome} aria-labelledby="demo-welcome">
      <div className={styles.words}>
        <Title order={2} id="demo-welcome">
          {t("demo.title")}
        </Title>
        <Text>
          {isSure
            ? t("demo.sure", { count: products })
            : isSeeding
              ? t("demo.seeding", { count: products, total })
              : t("demo.ready", { count: products })}
        </Text>
        {isSeeding && <Progress value={(products / total) * 100} aria-label={t("demo.progress")} />}
      </div>
      {removal.isPending && <Waiting label={t("demo.removing")} />}
      <Group gap="xs">
        {isSure ? (
          <>
            <Button color="red" loading={removal.isPending} onClick={() => removal.mutate()}>
              {t("demo.sureYes")}
            </Button>
            <Button variant="default" onClick={() => setIsSure(false)}>
              {t("demo.keep")}
            </Button>
          </>
        ) : (
          <>
            <Button onClick={() => demo.setIsDismissed(true)}>{t("demo.dismiss")}</Button>
            {mayRemove && (
              <Button variant="default" onClick={() => setIsSure(true)}>
                {t("demo.remove")}
              </Button>
            )}
          </>
        )}
      </Group>
    </section>
  );
}

function useRemoval() {
  const { t } = useTranslation("catalog");
  const queryClient = useQueryClient();
  const key = useMutationKey("remove-demo");
  return useMutation({
    mutationFn: () => dataOf(client.http.DELETE("/v1/demo", { headers: { "idempotency-key": key.value() } })),
    onSuccess: async ({ removed }) => {
      key.settle();
      notify({ message: t("demo.removed", { count: removed }), color: "green" });
      await Promise.all([
        queryClient.resetQueries({ queryKey: productKeys.all }),
        queryClient.invalidateQueries({ queryKey: ["catalog"] }),
      ]);
    },
    onError: notifyError,
  });
}
