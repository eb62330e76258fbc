import { dataOf } from "@bodega/sdk";
import { Group, NativeSelect, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { RelativeTime } from "../../../shared/format/relative-time.tsx";
import { Panel } from "../../../shared/page/panel.tsx";
import { notify } from "../../../shared/problems/notify.ts";
import { client } from "../../../shared/server/client.ts";
import { once } from "../../../shared/server/idempotency.ts";
import { useAction } from "../../../shared/server/use-action.ts";
import { storyKeys } from "../story-queries.ts";
import type { Figures } from "./figures-page.tsx";

type ProviderKey = "providers.default" | "providers.fallback";

interface Choice {
  readonly key: ProviderKey;
  readonly value: string;
}

/** Who makes the pictures, and who if that fails: changed here, used by the whole shop within seconds. */
export function ProviderChoice({ figures }: { readonly figures: Figures }) {
  const { t } = useTranslation("stories");
  const { override, providerInUse, fallbackProvider } = figures;
  const choosing = useAction({
    name: "choose-provider",
    target: ({ key, value }: Choice) => `${key}-${value}-${override.changedAt ?? ""}`,
    run: ({ key, value }: Choice, { idempotencyKey }) =>
      dataOf(
        client.http.PUT("/v1/operations/settings/{key}", {
          ...once(idempotencyKey),
          params: { path: { key } },
          body: { value },
        }),
      ),
    refreshes: [storyKeys.figures, ["settings"]],
    onDone: () => notify({ message: t("figures.saved") }),
  });
  const names = [
    { value: "auto", label: t("figures.auto") },
    { value: "gemini", label: t("providers.gemini") },
    { value: "openai", label: t("providers.openai") },
    { value: "sketch", label: t("providers.sketch") },
  ];
  return (
    <Panel
      title={`${t("figures.inUse")}: ${t(`providers.${providerInUse}`)}`}
      aside={
        <Text size="sm" c="dimmed">
          {fallbackProvider === null
            ? t("figures.noFallback")
            : t("figures.fallbackTo", { provider: t(`providers.${fallbackProvider}`) })}
        </Text>
      }
    >
      <Group align="end">
        <NativeSelect
          label={t("figures.overrideDefault")}
          value={override.default}
          data={names}
          disabled={choosing.isPending}
          onChange={({ currentTarget: { value } }) => choosing.mutate({ key: "providers.default", value })}
        />
        <NativeSelect
          label={t("figures.overrideFallback")}
          value={override.fallback}
          data={[...names, { value: "none", label: t("figures.none") }]}
          disabled={choosing.isPending}
          onChange={({ currentTarget: { value } }) => choosing.mutate({ key: "providers.fallback", value })}
        />
        <Text size="sm" c="dimmed">
          {override.changedAt === null ? (
            t("figures.never")
          ) : (
            <>
              {t("figures.changed")} <RelativeTime at={override.changedAt} />
            </>
          )}
        </Text>
      </Group>
    </Panel>
  );
}
