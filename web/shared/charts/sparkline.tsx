import styles from "./charts.module.css";

export interface SparklineProps {
  readonly values: readonly number[];
  /** What it shows and how it goes, in a sentence: the picture itself is not read out. */
  readonly label: string;
}

const width = 96;
const height = 28;
const margin = 2;

/** The way of a figure, at the size of a word. */
export function Sparkline({ values, label }: SparklineProps) {
  const top = Math.max(1, ...values);
  const step = (width - 2 * margin) / Math.max(1, values.length - 1);
  const points = values.map((value, index) => {
    const y = height - margin - (value / top) * (height - 2 * margin);
    return [margin + index * step, y] as const;
  });
  const line = points.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join(" ");
  const last = points.at(-1);
  return (
    <svg className={styles.sparkline} width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img">
      <title>{label}</title>
      <polygon className={styles.under} points={`${margin},${height} ${line} ${width - margin},${height}`} />
      <polyline className={styles.line} points={line} />
      {last !== undefined && <circle className={styles.end} cx={last[0]} cy={last[1]} r={2.5} />}
    </svg>
  );
}
