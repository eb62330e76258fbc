import { Modal, Text } from "@mantine/core";
import { IconCameraOff } from "@tabler/icons-react";
import { useEffect, useEffectEvent, useRef, useState, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { Empty } from "../../../shared/page/empty.tsx";
import { newBarcodeDetector } from "./barcode-detector.ts";
import styles from "./camera-scan.module.css";
import { SeenCodes } from "./seen-codes.ts";
import { useEntryWords } from "./use-entry-words.ts";
import { useScanDesk } from "./use-scanner.ts";

/** Looks this often; a hand is not faster, and a phone stays cool. */
const lookMs = 120;

/** The camera as a scanner, for as long as the window is open. */
export function CameraScan({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation("inventory");
  return (
    <Modal opened onClose={onClose} title={t("scan.cameraTitle")} size="lg">
      <Viewfinder />
    </Modal>
  );
}

/** A part of its own, since a window's content is there only some time after the window. */
function Viewfinder() {
  const { t } = useTranslation("inventory");
  const desk = useScanDesk();
  const [last] = useSyncExternalStore(desk.subscribe, desk.entries);
  const wordsOf = useEntryWords();
  const video = useRef<HTMLVideoElement>(null);
  const [state, setState] = useState<"starting" | "looking" | "refused">("starting");
  const take = useEffectEvent((code: string) => desk.take(code));
  useEffect(() => {
    const closing = new AbortController();
    const screen = video.current;
    if (screen === null) return undefined;
    lookThrough(screen, closing.signal, {
      onLooking: () => setState("looking"),
      onCode: (code) => take(code),
    }).catch(() => {
      if (!closing.signal.aborted) setState("refused");
    });
    return () => closing.abort();
  }, []);
  const words = last === undefined ? null : wordsOf(last);
  if (state === "refused") {
    return (
      <Empty icon={IconCameraOff} title={t("scan.cameraRefused")}>
        {t("scan.cameraRefusedText")}
      </Empty>
    );
  }
  return (
    <>
      <div className={styles.frame}>
        <video ref={video} className={styles.video} muted playsInline aria-hidden />
      </div>
      <Text mt="sm" role="status">
        {words?.sentence ?? t(state === "starting" ? "scan.cameraStarting" : "scan.cameraHint")}
      </Text>
    </>
  );
}

interface Looking {
  readonly onLooking: () => void;
  readonly onCode: (code: string) => void;
}

/** Until `signal` is aborted. Rejects when there is no camera to be had. */
async function lookThrough(
  video: HTMLVideoElement,
  signal: AbortSignal,
  { onLooking, onCode }: Looking,
): Promise<void> {
  const detector = newBarcodeDetector();
  const stream = await navigator.mediaDevices.getUserMedia({
    video: { facingMode: "environment", width: { ideal: 1280 }, height: { ideal: 720 } },
  });
  const end = () => {
    for (const track of stream.getTracks()) track.stop();
  };
  if (signal.aborted) return end();
  signal.addEventListener("abort", end, { once: true });
  video.srcObject = stream;
  await video.play();
  onLooking();
  const seen = new SeenCodes();
  while (!signal.aborted) {
    const found = await detector.detect(video);
    for (const code of seen.newOnes(
      found.map(({ rawValue }) => rawValue),
      performance.now(),
    ))
      onCode(code);
    await new Promise((resolve) => setTimeout(resolve, lookMs));
  }
}
