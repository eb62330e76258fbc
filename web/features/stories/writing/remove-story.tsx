import { Button, Group, Text } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { notify } from "../../../shared/problems/notify.ts";
import { client } from "../../../shared/server/client.ts";
import { once } from "../../../shared/server/idempotency.ts";
import { useAction } from "../../../shared/server/use-action.ts";
import { type Story, storyKeys } from "../story-queries.ts";

export function RemoveStory({ story: { id, title } }: { readonly story: Story }) {
  const { t } = useTranslation("stories");
  const navigate = useNavigate();
  const [isSure, setIsSure] = useState(false);
  const removal = useAction({
    name: "remove-story",
    target: () => id,
    run: (_, { idempotencyKey }) =>
      client.http.DELETE("/v1/stories/{id}", { ...once(idempotencyKey), params: { path: { id } } }),
    refreshes: [storyKeys.lists],
    onDone: () => {
      notify({ message: t("write.removed", { title }) });
      void navigate({ to: "/stories" });
    },
  });
  if (!isSure) {
    return (
      <Button variant="subtle" color="red" onClick={() => setIsSure(true)}>
        {t("write.remove")}
      </Button>
    );
  }
  return (
    <Group gap="xs" role="alert">
      <Text>{t("write.removeSure", { title })}</Text>
      <Button color="red" loading={removal.isPending} onClick={() => removal.mutate()}>
        {t("write.remove")}
      </Button>
      <Button variant="default" onClick={() => setIsSure(false)}>
        {t("write.keep")}
      </Button>
    </Group>
  );
}
