import { Modal, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useRouter } from "@tanstack/react-router";
import { type KeyboardEvent, useEffect, useEffectEvent, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import styles from "./palette.module.css";
import { PaletteResults } from "./palette-results.tsx";
import { type Hit, useHits } from "./use-hits.ts";

/** Search over everything (`/`): what features find, and what can be done. A combobox with a list (WAI-ARIA APG). */
export default function Palette({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const router = useRouter();
  const listId = useId();
  const [text, setText] = useState("");
  const [chosen, setChosen] = useState(0);
  /** Enter was pressed before the answer came. */
  const [isAwaited, setIsAwaited] = useState(false);
  const { groups, isSearching, failed } = useHits(text);
  const hits = groups.flatMap((group) => group.hits);
  const index = Math.min(chosen, hits.length - 1);

  const open = (hit: Hit) => {
    onClose();
    void router.navigate({ to: hit.path });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const hit = hits[index];
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      setChosen(hits.length === 0 ? 0 : (index + step + hits.length) % hits.length);
    } else if (event.key === "Enter" && !event.nativeEvent.isComposing) {
      event.preventDefault();
      // What is shown may be for fewer letters than were typed.
      if (isSearching && chosen === 0) setIsAwaited(true);
      else if (hit !== undefined) open(hit);
    }
  };
  const openAwaited = useEffectEvent(() => {
    setIsAwaited(false);
    const hit = hits[index];
    if (hit !== undefined) open(hit);
  });
  useEffect(() => {
    if (isAwaited && !isSearching) openAwaited();
  }, [isAwaited, isSearching]);

  return (
    <Modal.Root opened onClose={onClose} size={640} centered={false} yOffset="10vh">
      <Modal.Overlay />
      <Modal.Content aria-label={t("search.label")} className={styles.content}>
        <TextInput
          data-autofocus
          variant="unstyled"
          className={styles.field}
          leftSection={<IconSearch size={18} aria-hidden />}
          placeholder={t("search.placeholder")}
          aria-label={t("search.label")}
          role="combobox"
          aria-expanded
          aria-controls={listId}
          aria-autocomplete="list"
          {...(hits[index] !== undefined && { "aria-activedescendant": `${listId}-${index}` })}
          autoComplete="off"
          spellCheck={false}
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value);
            setChosen(0);
            setIsAwaited(false);
          }}
          onKeyDown={onKeyDown}
        />
        <PaletteResults
          listId={listId}
          text={text}
          groups={groups}
          chosen={index}
          isSearching={isSearching}
          failed={failed}
          onOpen={open}
          onPoint={setChosen}
        />
        <p className={styles.hint}>{t("search.hint")}</p>
      </Modal.Content>
    </Modal.Root>
  );
}
