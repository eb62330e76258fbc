import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../../shared/format/use-format.ts";
import { countdownText } from "./countdown.ts";
import styles from "./remaining.module.css";

/** Less than this is soon. */
const soonMs = 120_000;

export interface RemainingProps {
  /** RFC 3339. */
  readonly expiresAt: string;
  /** Once, when its time is over. */
  readonly onOver: () => void;
}

/** How long a reservation still holds, by the second. */
export function Remaining({ expiresAt, onOver }: RemainingProps) {
  const { t } = useTranslation("inventory");
  const format = useFormat();
  const endMs = Date.parse(expiresAt);
  const [nowMs, setNowMs] = useState(Date.now);
  const remainingMs = endMs - nowMs;
  const isOver = remainingMs <= 0;
  useEffect(() => {
    if (isOver) return undefined;
    const timer = setInterval(() => setNowMs(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, [isOver]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when it is over
  useEffect(() => {
    if (isOver) onOver();
  }, [isOver]);
  return (
    <span className={styles.remaining} data-soon={remainingMs < soonMs || undefined} title={format.exact(expiresAt)}>
      {t("reservations.remaining", { time: countdownText(remainingMs) })}
    </span>
  );
}
