import { dataOf } from "@bodega/sdk";
import { Button, Group, Text } from "@mantine/core";
import { IconWand } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { notify } from "../../../shared/problems/notify.ts";
import { client } from "../../../shared/server/client.ts";
import { once } from "../../../shared/server/idempotency.ts";
import { useAction } from "../../../shared/server/use-action.ts";
import { type ReadStory, type Story, storyKeys } from "../story-queries.ts";

export interface MakeScenesProps {
  readonly story: Story;
  readonly isTouched: boolean;
  readonly onMade: (read: ReadStory) => void;
}

/** Descriptions from the saved text: by the text model, or offline by rule. Asks before it replaces any. */
export function MakeScenes({ story, isTouched, onMade }: MakeScenesProps) {
  const { t } = useTranslation("stories");
  const queryClient = useQueryClient();
  const [isAsking, setIsAsking] = useState(false);
  const making = useAction({
    name: "make-scenes",
    target: () => `${story.id}-${story.version}`,
    run: async (_, { idempotencyKey }) => {
      const answer = await client.http.POST("/v1/stories/{id}/scenes", {
        ...once(idempotencyKey),
        params: { path: { id: story.id } },
      });
      return { made: await dataOf(Promise.resolve(answer)), etag: answer.response.headers.get("etag") ?? "*" };
    },
    onDone: ({ made, etag }) => {
      const { source, fallbackReason: _reason, ...changed } = made;
      const read = { story: changed, etag };
      queryClient.setQueryData(storyKeys.one(story.id), read);
      onMade(read);
      setIsAsking(false);
      notify({ message: t(source === "model" ? "write.madeByModel" : "write.madeByRule"), autoClose: 10_000 });
    },
  });
  const hasScenes = story.scenes !== null;
  const reason = isTouched ? t("write.saveFirst") : story.content.trim() === "" ? t("write.textFirst") : null;
  return (
    <Group gap="xs">
      {reason !== null && (
        <Text size="xs" c="dimmed">
          {reason}
        </Text>
      )}
      {isAsking && (
        <Text size="sm" role="alert">
          {t("write.makeSure")}
        </Text>
      )}
      <Button
        size="compact-sm"
        variant={isAsking ? "filled" : "default"}
        leftSection={<IconWand size={16} aria-hidden />}
        loading={making.isPending}
        disabled={reason !== null}
        onClick={() => (hasScenes && !isAsking ? setIsAsking(true) : making.mutate())}
      >
        {hasScenes ? t("write.makeAgain") : t("write.make")}
      </Button>
      {making.isPending && (
        <Text size="xs" c="dimmed" role="status">
          {t("write.making")}
        </Text>
      )}
    </Group>
  );
}
