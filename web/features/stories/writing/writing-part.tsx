import { Button, Group, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useBlocker } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { ConfirmDialog } from "../../../shared/page/confirm-dialog.tsx";
import { Panel } from "../../../shared/page/panel.tsx";
import { ErrorPanel } from "../../../shared/problems/error-panel.tsx";
import { Waiting } from "../../../shared/waiting/waiting.tsx";
import { useThisStory } from "../story/use-this-story.ts";
import { type ReadStory, storyKeys } from "../story-queries.ts";
import { MakeScenes } from "./make-scenes.tsx";
import { manuscriptFault, manuscriptOf } from "./manuscript.ts";
import { ManuscriptFields } from "./manuscript-fields.tsx";
import { RemoveStory } from "./remove-story.tsx";
import { noScenes, SceneFields } from "./scene-fields.tsx";
import { type Draft, isChangedByOthers, useSaveStory } from "./use-save-story.ts";
import styles from "./writing.module.css";

/** The story's text, and what is to be seen in each of its pictures. The only place where descriptions are shown. */
export default function WritingPart() {
  const { t } = useTranslation("stories");
  const queryClient = useQueryClient();
  const now = useThisStory();
  const { id } = now.story;
  const [base, setBase] = useState(now);
  const [draft, setDraft] = useState(draftOf(base));
  const isTouched = !isSame(draft, draftOf(base));
  // Nobody's words are lost: what others save shows only while nothing is written here.
  if (!isTouched && base.etag !== now.etag && !isOlder(now, base)) {
    setBase(now);
    setDraft(draftOf(now));
  }
  const begin = (read: ReadStory) => {
    setBase(read);
    setDraft(draftOf(read));
  };
  const save = useSaveStory(id, begin);
  const [saysAll, setSaysAll] = useState(false);
  const leaving = useBlocker({
    shouldBlockFn: () => isTouched,
    enableBeforeUnload: () => isTouched,
    withResolver: true,
  });

  const send = (etag: string) => {
    setSaysAll(true);
    if (manuscriptFault(draft.manuscript) === null && !save.isPending) save.mutate({ draft, etag });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    send(base.etag);
  };
  const isOutdated = isChangedByOthers(save.error);
  return (
    <form className={styles.parts} onSubmit={submit} noValidate aria-label={t("story.text")}>
      <Panel title={t("write.story")}>
        <ManuscriptFields
          values={draft.manuscript}
          onChange={(manuscript) => setDraft({ ...draft, manuscript })}
          saysAll={saysAll}
        />
      </Panel>
      <Panel title={t("write.scenes")} aside={<MakeScenes story={base.story} isTouched={isTouched} onMade={begin} />}>
        <p className={styles.lead}>{t("write.scenesHint")}</p>
        <SceneFields scenes={draft.scenes ?? noScenes} onChange={(scenes) => setDraft({ ...draft, scenes })} />
      </Panel>
      {save.error !== null && !save.isPending && (
        <ErrorPanel
          error={save.error}
          attempt="writing"
          {...(isOutdated && {
            words: {
              happened: t("write.conflict"),
              kept: t("write.conflictKept"),
              todo: t("write.conflictTodo"),
            },
          })}
        >
          {isOutdated && (
            <>
              <Button size="xs" variant="default" onClick={() => send("*")}>
                {t("write.overwrite")}
              </Button>
              <Button
                size="xs"
                variant="default"
                onClick={() => {
                  save.reset();
                  begin(now);
                  void queryClient.invalidateQueries({ queryKey: storyKeys.one(id) });
                }}
              >
                {t("write.reload")}
              </Button>
            </>
          )}
        </ErrorPanel>
      )}
      {save.isPending && <Waiting />}
      <ConfirmDialog
        isOpen={leaving.status === "blocked"}
        title={t("write.leaveTitle")}
        keep={t("write.stay")}
        onKeep={() => leaving.reset?.()}
        act={t("write.leave")}
        onAct={() => leaving.proceed?.()}
        isFinal
      >
        <Text>{t("write.leaveText")}</Text>
      </ConfirmDialog>
      <div className={styles.foot}>
        <Text c="dimmed" role="status">
          {isTouched ? t("write.unsaved") : save.isSuccess ? t("write.saved") : ""}
        </Text>
        <Group gap="xs">
          {isTouched ? (
            <Button variant="subtle" color="gray" onClick={() => begin(now)} disabled={save.isPending}>
              {t("write.discard")}
            </Button>
          ) : (
            <RemoveStory story={base.story} />
          )}
          <Button type="submit" loading={save.isPending} disabled={!isTouched}>
            {t("write.save")}
          </Button>
        </Group>
      </div>
    </form>
  );
}

function draftOf({ story }: ReadStory): Draft {
  return { manuscript: manuscriptOf(story), scenes: story.scenes };
}

const isSame = (one: Draft, other: Draft): boolean => JSON.stringify(one) === JSON.stringify(other);

/** An answer that was under way while something newer was saved. */
const isOlder = (one: ReadStory, other: ReadStory): boolean => one.story.version < other.story.version;
