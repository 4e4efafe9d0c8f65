import { useEffect, useRef } from "react";
import UPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import type { DenialRate } from "../../http/use-cases.ts";
import { percent } from "../words.ts";

const HEIGHT_PX = 180;

interface Props {
  readonly rows: DenialRate["rows"];
}

/** The denial rate by month as a line. The same numbers stand in the table below it, so the picture is only a picture. */
export function MonthChart({ rows }: Props) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const { current } = place;
    if (current === null) return;
    const months = [...rows].sort((one, other) => one.key.localeCompare(other.key));
    const ink = getComputedStyle(current).color;
    const accent = getComputedStyle(current).getPropertyValue("--accent");
    const axis = { stroke: ink, grid: { stroke: "rgb(128 128 128 / 25%)" } };
    const chart = new UPlot(
      {
        width: current.clientWidth,
        height: HEIGHT_PX,
        legend: { show: false },
        cursor: { show: false },
        scales: { x: { time: false }, y: { range: (_, __, most) => [0, Math.max(0.1, most)] } },
        axes: [
          {
            ...axis,
            splits: () => months.map((_, index) => index),
            values: (_, splits) => splits.map((index) => months[index]?.key ?? ""),
          },
          { ...axis, values: (_, splits) => splits.map((share) => percent(share)), size: 64 },
        ],
        series: [{}, { stroke: accent, width: 2, points: { show: true, size: 8 } }],
      },
      [months.map((_, index) => index), months.map(({ rate }) => rate)],
      current,
    );
    return () => chart.destroy();
  }, [rows]);
  const said = rows.map(({ key, rate }) => `${key} ${percent(rate)}`).join(", ");
  return (
    <section className="card" aria-label="Denial rate by month">
      <h2>By month</h2>
      <div ref={place} role="img" aria-label={`Denial rate by month: ${said}`} />
    </section>
  );
}
