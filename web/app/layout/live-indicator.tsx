import { useTranslation } from "react-i18next";
import { type LiveState, useLiveState } from "../../shared/server/live-state.ts";
import styles from "./live-indicator.module.css";

const hints = {
  open: "live.openHint",
  connecting: "live.connectingHint",
  reconnecting: "live.reconnectingHint",
  offline: "live.offlineHint",
  paused: "live.pausedHint",
} as const satisfies Record<LiveState, string>;

/** Whether what is on the screen is what is. */
export function LiveIndicator() {
  const { t } = useTranslation();
  const state = useLiveState();
  return (
    <span className={styles.live} data-state={state} role="status" title={t(hints[state])}>
      <span className={styles.dot} aria-hidden />
      <span className={styles.word}>{t(`live.${state}`)}</span>
    </span>
  );
}
