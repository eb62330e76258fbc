import { useElementSize } from "@mantine/hooks";
import { type KeyboardEvent, type PointerEvent, type ReactNode, useState } from "react";
import styles from "./charts.module.css";
import { bandOf, niceTop, type Scale, ticksOf } from "./scale.ts";

export type SeriesTone = "good" | "info" | "warning" | "bad" | "accent" | "neutral";

export interface Series {
  readonly id: string;
  readonly label: string;
  readonly tone: SeriesTone;
  /** One a day; null: nothing was measured. */
  readonly values: readonly (number | null)[];
}

export interface DayChartProps {
  readonly kind: "bars" | "lines";
  /** Oldest first, as they are to be written. */
  readonly days: readonly string[];
  readonly series: readonly Series[];
  readonly format: (value: number) => string;
  /** What it shows, in a sentence. */
  readonly label: string;
  /** Said when there is nothing to draw. */
  readonly empty: ReactNode;
}

const height = 176;
const margin = { top: 8, right: 8, bottom: 24, left: 56 };

/** Figures by day: bars lie on one another, lines cross. A day is chosen by pointer or by ← →, and written out above. */
export function DayChart({ kind, days, series, format, label, empty }: DayChartProps) {
  const { ref, width } = useElementSize();
  const [chosen, setChosen] = useState<number | null>(null);
  const index = chosen ?? days.length - 1;
  const top = niceTop(highest(kind, series));
  const scale: Scale = { width, height, margin, top, count: days.length };

  const choose = (event: PointerEvent<SVGSVGElement>) => {
    const x = event.clientX - event.currentTarget.getBoundingClientRect().left - margin.left;
    const band = bandOf(scale);
    setChosen(Math.max(0, Math.min(days.length - 1, Math.floor(x / band))));
  };
  const move = (event: KeyboardEvent) => {
    const step = event.key === "ArrowLeft" ? -1 : event.key === "ArrowRight" ? 1 : 0;
    if (step === 0) return;
    event.preventDefault();
    setChosen(Math.max(0, Math.min(days.length - 1, index + step)));
  };

  if (highest(kind, series) === 0) return <p className={styles.empty}>{empty}</p>;
  return (
    <figure className={styles.figure}>
      <figcaption className={styles.legend} aria-live="polite">
        <span className={styles.day}>{days[index]}</span>
        {series.map(({ id, label: name, tone, values }) => {
          const value = values[index];
          return (
            <span key={id} className={styles.entry} data-tone={tone}>
              {name} <b>{value === null || value === undefined ? "–" : format(value)}</b>
            </span>
          );
        })}
      </figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the days are gone through by ← → */}
      <div ref={ref} className={styles.plot} role="img" aria-label={label} tabIndex={0} onKeyDown={move}>
        {width > 0 && (
          <svg width={width} height={height} onPointerMove={choose} onPointerLeave={() => setChosen(null)} aria-hidden>
            <Axis scale={scale} format={format} days={days} />
            <rect
              className={styles.chosen}
              x={margin.left + index * bandOf(scale)}
              y={margin.top}
              width={bandOf(scale)}
              height={height - margin.top - margin.bottom}
            />
            {kind === "bars" ? <Bars scale={scale} series={series} /> : <Lines scale={scale} series={series} />}
          </svg>
        )}
      </div>
    </figure>
  );
}

function highest(kind: DayChartProps["kind"], series: readonly Series[]): number {
  if (kind === "lines") return Math.max(0, ...series.flatMap(({ values }) => values.map((value) => value ?? 0)));
  const days = series[0]?.values ?? [];
  return Math.max(0, ...days.map((_, day) => series.reduce((sum, { values }) => sum + (values[day] ?? 0), 0)));
}

const yOf = ({ top }: Scale, value: number): number =>
  height - margin.bottom - (value / top) * (height - margin.top - margin.bottom);

interface AxisProps {
  readonly scale: Scale;
  readonly format: (value: number) => string;
  readonly days: readonly string[];
}

function Axis({ scale, format, days }: AxisProps) {
  const band = bandOf(scale);
  // A label takes about 64 px; the last day always has one.
  const every = Math.max(1, Math.ceil(64 / band));
  return (
    <>
      {ticksOf(scale.top).map((value) => (
        <g key={value}>
          <line
            className={styles.grid}
            x1={margin.left}
            x2={scale.width - margin.right}
            y1={yOf(scale, value)}
            y2={yOf(scale, value)}
          />
          <text className={styles.tick} x={margin.left - 8} y={yOf(scale, value)} dy="0.32em" textAnchor="end">
            {format(value)}
          </text>
        </g>
      ))}
      {days.map((day, index) =>
        (days.length - 1 - index) % every === 0 ? (
          <text
            key={day}
            className={styles.tick}
            x={Math.min(margin.left + (index + 0.5) * band, scale.width - 20)}
            y={height - 6}
            textAnchor="middle"
          >
            {day}
          </text>
        ) : null,
      )}
    </>
  );
}

interface MarksProps {
  readonly scale: Scale;
  readonly series: readonly Series[];
}

function Bars({ scale, series }: MarksProps) {
  const bar = Math.max(2, Math.min(24, bandOf(scale) * 0.6));
  return stack(scale, series).map(({ id, tone, blocks }) => (
    <g key={id} className={styles.bars} data-tone={tone}>
      {blocks.map(({ day, from, to }) => (
        <rect
          key={day}
          x={margin.left + (day + 0.5) * bandOf(scale) - bar / 2}
          y={yOf(scale, to)}
          width={bar}
          height={yOf(scale, from) - yOf(scale, to)}
          rx={1}
        />
      ))}
    </g>
  ));
}

/** Each series' blocks begin where those of the one before end. */
function stack({ count }: Scale, series: readonly Series[]) {
  const floor = new Array<number>(count).fill(0);
  return series.map(({ id, tone, values }) => ({
    id,
    tone,
    blocks: values.flatMap((value, day) => {
      const from = floor[day] ?? 0;
      const to = from + (value ?? 0);
      floor[day] = to;
      return to > from ? [{ day, from, to }] : [];
    }),
  }));
}

function Lines({ scale, series }: MarksProps) {
  const band = bandOf(scale);
  return series.map(({ id, tone, values }) => {
    const points = values.flatMap((value, day) =>
      value === null ? [] : [{ day, x: margin.left + (day + 0.5) * band, y: yOf(scale, value) }],
    );
    return (
      <g key={id} className={styles.lines} data-tone={tone}>
        <polyline points={points.map(({ x, y }) => `${x},${y}`).join(" ")} />
        {points.map(({ day, x, y }) => (
          <circle key={day} cx={x} cy={y} r={points.length > 20 ? 1.5 : 2.5} />
        ))}
      </g>
    );
  });
}
