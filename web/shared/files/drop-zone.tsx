import { useEffect, useEffectEvent, useState } from "react";
import { createPortal } from "react-dom";
import styles from "./drop-zone.module.css";

export interface DropZoneProps {
  readonly title: string;
  readonly words: string;
  readonly onFiles: (files: readonly File[]) => void;
}

/** Takes files that are dropped anywhere on the page, or pasted where nobody types, and says so while they hover. */
export function DropZone({ title, words, onFiles }: DropZoneProps) {
  const [isOver, setIsOver] = useState(false);
  const take = useEffectEvent(onFiles);
  useEffect(() => {
    const stopped = new AbortController();
    const { signal } = stopped;
    // Entered and left count for every element under the pointer.
    let depth = 0;
    const end = () => {
      depth = 0;
      setIsOver(false);
    };
    const isFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") === true;
    window.addEventListener(
      "dragenter",
      (event) => {
        if (!isFiles(event)) return;
        depth += 1;
        setIsOver(true);
      },
      { signal },
    );
    window.addEventListener(
      "dragleave",
      (event) => {
        if (!isFiles(event)) return;
        depth -= 1;
        if (depth <= 0) end();
      },
      { signal },
    );
    window.addEventListener("dragover", (event) => isFiles(event) && event.preventDefault(), { signal });
    window.addEventListener(
      "drop",
      (event) => {
        if (!isFiles(event)) return;
        event.preventDefault();
        end();
        give(event.dataTransfer?.files);
      },
      { signal },
    );
    window.addEventListener(
      "paste",
      (event) => {
        if (event.clipboardData !== null && event.clipboardData.files.length > 0) give(event.clipboardData.files);
      },
      { signal },
    );
    const give = (files: FileList | undefined) => {
      const photos = [...(files ?? [])];
      if (photos.length > 0) take(photos);
    };
    return () => stopped.abort();
  }, []);
  if (!isOver) return null;
  return createPortal(
    <div className={styles.zone} aria-hidden>
      <div className={styles.words}>
        <strong>{title}</strong>
        <span>{words}</span>
      </div>
    </div>,
    document.body,
  );
}
