import { dataOf } from "@bodega/sdk";
import { productKeys, useMutationKey } from "@bodega/sdk/react";
import { Button, Group, Progress, Text, Title } from "@mantine/core";
import { useLocalStorage } from "@mantine/hooks";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { notify } from "../../../shared/problems/notify.ts";
import { notifyError } from "../../../shared/problems/notify-error.tsx";
import { client } from "../../../shared/server/client.ts";
import { useMay } from "../../../shared/session/me.ts";
import { Waiting } from "../../../shared/waiting/waiting.tsx";
import styles from "./demo-welcome.module.css";

/** While the demo is being filled, how often its count is asked for. */
const fillingMs = 1_500;

/** At the first run: what these products are, and how to be rid of them. Dismissed in this browser. */
export function DemoWelcome() {
  const { t } = useTranslation("catalog");
  const mayRemove = useMay("operations:manage");
  const [isDismissed, setIsDismissed] = useLocalStorage({
    key: "bodega.demo-welcome.dismissed",
    defaultValue: false,
    getInitialValueInEffect: false,
  });
  const [isSure, setIsSure] = useState(false);
  const demo = useQuery({
    queryKey: ["catalog", "demo"],
    queryFn: ({ signal }) => dataOf(client.http.GET("/v1/demo", { signal })),
    enabled: !isDismissed,
    refetchInterval: (query) => (query.state.data?.state === "seeding" ? fillingMs : false),
  });
  const removal = useRemoval();
  const { state, products = 0, total = 0 } = demo.data ?? {};
  const isShown = !isDismissed && (state === "seeding" || (state === "ready" && products > 0));
  if (!isShown) return null;
  return (
    <section className={styles.welcome} aria-labelledby="demo-welcome">
      <div className={styles.words}>
        <Title order={2} id="demo-welcome">
          {t("demo.title")}
        </Title>
        <Text>
          {isSure
            ? t("demo.sure", { count: products })
            : state === "seeding"
              ? t("demo.seeding", { count: products, total })
              : t("demo.ready", { count: products })}
        </Text>
        {state === "seeding" && <Progress value={(products / total) * 100} aria-label={t("demo.progress")} />}
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
            <Button onClick={() => setIsDismissed(true)}>{t("demo.dismiss")}</Button>
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
