import { Text, Textarea } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { type ImageType, imageTypes, type Scenes } from "../story-queries.ts";
import styles from "./writing.module.css";

export interface SceneFieldsProps {
  readonly scenes: Scenes;
  readonly onChange: (scenes: Scenes) => void;
}

/** What a character's description should at least have (requirement 05). */
export const characterMin = 100;

/** The seven descriptions, in the order of the book. What is wrong with one is said below it as one types. */
export function SceneFields({ scenes, onChange }: SceneFieldsProps) {
  const { t } = useTranslation("stories");
  return (
    <div className={styles.scenes}>
      {imageTypes.map((type) => {
        const text = scenes[type];
        const warning = warningOf(type, text);
        return (
          <div key={type} id={`scene-${type}`} className={styles.scene} data-wide={type === "character" || undefined}>
            <Textarea
              label={t(`imageTypes.${type}`)}
              description={t(`sceneHints.${hintOf(type)}`)}
              value={text}
              maxLength={20_000}
              autosize
              minRows={3}
              maxRows={12}
              onChange={({ currentTarget: { value } }) => onChange({ ...scenes, [type]: value })}
            />
            <div className={styles.below}>
              <Text size="xs" className={styles.warning} role="status">
                {warning === null ? "" : t(`warnings.${warning}`)}
              </Text>
              {type === "character" && (
                <Text size="xs" c="dimmed">
                  {t("characters", { count: text.trim().length })}
                </Text>
              )}
            </div>
          </div>
        );
      })}
    </div>
  );
}

function hintOf(type: ImageType): "character" | "cover" | "scene" | "closing" {
  return type === "character" || type === "cover" || type === "closing" ? type : "scene";
}

function warningOf(type: ImageType, text: string): "SCENE_EMPTY" | "CHARACTER_TOO_SHORT" | null {
  if (text.trim() === "") return "SCENE_EMPTY";
  return type === "character" && text.trim().length < characterMin ? "CHARACTER_TOO_SHORT" : null;
}

export const noScenes: Scenes = {
  character: "",
  cover: "",
  scene_1: "",
  scene_2: "",
  scene_3: "",
  scene_4: "",
  closing: "",
};
