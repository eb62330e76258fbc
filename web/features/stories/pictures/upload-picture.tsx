import { Modal, Radio, Stack, Text } from "@mantine/core";
import { IconUpload } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { FileButton } from "../../../shared/files/file-button.tsx";
import { ErrorPanel } from "../../../shared/problems/error-panel.tsx";
import { notify } from "../../../shared/problems/notify.ts";
import { client } from "../../../shared/server/client.ts";
import { useAction } from "../../../shared/server/use-action.ts";
import { Waiting } from "../../../shared/waiting/waiting.tsx";
import { type ImageType, type Story, storyKeys } from "../story-queries.ts";

export interface UploadPictureProps {
  readonly story: Story;
  readonly imageType: ImageType;
  readonly onClose: () => void;
}

const kinds = ["illustration", "photo", "child_photo"] as const;
type Kind = (typeof kinds)[number];
const timeoutMs = 120_000;

/** A picture of one's own in the place of one that is drawn; the server looks at what it really is. */
export function UploadPicture({ story, imageType, onClose }: UploadPictureProps) {
  const { t } = useTranslation("stories");
  const [kind, setKind] = useState<Kind>("illustration");
  const upload = useAction({
    name: "upload-picture",
    target: (file: File) => `${story.id}-${imageType}-${kind}-${file.name}-${file.size}-${file.lastModified}`,
    run: async (file: File, { idempotencyKey }) => {
      const body = new FormData();
      body.set("contentKind", kind);
      body.set("file", file);
      const address = new URL(`/v1/stories/${story.id}/images/${imageType}`, window.location.href);
      const headers = { "idempotency-key": idempotencyKey };
      await client.transport.send(new Request(address, { method: "POST", body, headers }), { timeoutMs });
    },
    refreshes: [storyKeys.one(story.id), storyKeys.versions(story.id, imageType)],
    showsError: true,
    onDone: () => {
      notify({ message: t("upload.done") });
      onClose();
    },
  });
  return (
    <Modal opened onClose={onClose} title={t("upload.title", { type: t(`imageTypes.${imageType}`) })}>
      <Stack>
        <Radio.Group
          label={t("upload.what")}
          value={kind}
          onChange={(value) => setKind(kinds.find((each) => each === value) ?? "illustration")}
        >
          <Stack gap="xs" mt="xs">
            {kinds.map((each) => (
              <Radio key={each} value={each} label={t(`upload.${each}`)} />
            ))}
          </Stack>
        </Radio.Group>
        <Text size="sm" c="dimmed">
          {t("upload.rule")}
        </Text>
        {upload.error !== null && !upload.isPending && <ErrorPanel error={upload.error} attempt="writing" isCompact />}
        {upload.isPending ? (
          <Waiting label={t("upload.uploading")} />
        ) : (
          <FileButton
            label={t("upload.choose")}
            icon={IconUpload}
            accept="image/png,image/jpeg"
            isPrimary
            onFiles={([file]) => {
              if (file !== undefined) upload.mutate(file);
            }}
          />
        )}
      </Stack>
    </Modal>
  );
}
