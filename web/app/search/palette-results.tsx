import { Loader } from "@mantine/core";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useWaitingPhase } from "../../shared/waiting/use-elapsed.ts";
import styles from "./palette.module.css";
import type { Hit, HitGroup } from "./use-hits.ts";

export interface PaletteResultsProps {
  readonly listId: string;
  readonly text: string;
  readonly groups: readonly HitGroup[];
  readonly chosen: number;
  readonly isSearching: boolean;
  readonly failed: unknown;
  readonly onOpen: (hit: Hit) => void;
  readonly onPoint: (index: number) => void;
}

export function PaletteResults(props: PaletteResultsProps) {
  const { listId, text, groups, chosen, isSearching, failed, onOpen, onPoint } = props;
  const { t } = useTranslation();
  const phase = useWaitingPhase(isSearching);
  const list = useRef<HTMLDivElement>(null);
  const count = groups.reduce((sum, group) => sum + group.hits.length, 0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the choice moved, so the list follows it
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest" });
  }, [chosen]);
  let index = -1;
  return (
    <>
      <div className={styles.status} role="status">
        {phase !== "short" && (
          <span className={styles.searching}>
            <Loader size={12} aria-hidden /> {phase === "long" ? t("waiting.slow") : t("search.searching")}
          </span>
        )}
        {failed !== null && t("search.failed")}
        <span className={styles.unseen}>{isSearching ? "" : t("search.results", { count })}</span>
      </div>
      <div ref={list} id={listId} role="listbox" aria-label={t("search.label")} className={styles.list}>
        {groups.map((group) => (
          // biome-ignore lint/a11y/useSemanticElements: a group of options in a list box, not of fields
          <div key={group.name} role="group" aria-label={group.label ?? t("search.commands")}>
            <div className={styles.label} aria-hidden>
              {group.label ?? t("search.commands")}
            </div>
            {group.hits.map((hit) => {
              index += 1;
              const at = index;
              return (
                <Option
                  key={hit.id}
                  id={`${listId}-${at}`}
                  hit={hit}
                  isChosen={at === chosen}
                  onOpen={() => onOpen(hit)}
                  onPoint={() => onPoint(at)}
                />
              );
            })}
          </div>
        ))}
      </div>
      {count === 0 && !isSearching && failed === null && (
        <div className={styles.nothing}>
          <p>{t("search.nothing", { text: text.trim() })}</p>
          <p className={styles.detail}>{t("search.nothingHint")}</p>
        </div>
      )}
    </>
  );
}

interface OptionProps {
  readonly id: string;
  readonly hit: Hit;
  readonly isChosen: boolean;
  readonly onOpen: () => void;
  readonly onPoint: () => void;
}

/** The focus stays in the field; the keys are handled there. */
function Option({ id, hit, isChosen, onOpen, onPoint }: OptionProps) {
  const { icon: Glyph } = hit;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: see above
    // biome-ignore lint/a11y/useFocusableInteractive: see above
    <div
      id={id}
      role="option"
      aria-selected={isChosen}
      className={styles.option}
      onClick={onOpen}
      onPointerMove={() => !isChosen && onPoint()}
    >
      {Glyph !== undefined && <Glyph size={18} stroke={1.6} aria-hidden />}
      {hit.pictureUrl !== undefined && <Picture url={hit.pictureUrl} />}
      <span className={styles.title}>{hit.title}</span>
      {hit.detail !== undefined && <span className={styles.detail}>{hit.detail}</span>}
    </div>
  );
}

function Picture({ url }: { readonly url: string | null }) {
  return (
    <span className={styles.picture}>
      {url !== null && <img src={url} alt="" width={32} height={32} loading="lazy" />}
    </span>
  );
}
