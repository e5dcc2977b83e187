// node plot.mjs results.json folder: a plot for each part, <part>.svg. One bar a figure, its ratio to the reference, lowest
// to highest as a line.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { init } from "echarts";

const [source, folder] = process.argv.slice(2);
const label = (row) => `${row.name}\n${row.ratio_median.toFixed(2)} × ${row.reference}`;
const color = (row) => (row.goal === undefined || row.goal === null ? "#5b8def" : row.met ? "#2e9d6a" : "#d9534f");

for (const { part, environment, series } of JSON.parse(readFileSync(source, "utf8")).parts) {
  const rows = [...series].reverse();
  const chart = init(null, null, { renderer: "svg", ssr: true, width: 1000, height: 120 + 44 * rows.length });
  chart.setOption({
    animation: false,
    backgroundColor: "#ffffff",
    title: {
      text: `${part}: ratio to the reference of the same run (median, lowest to highest)`,
      subtext: `${environment.command} · ${environment.cpu}, ${environment.cores} cores · ${environment.measured_at}\ngreen: goal met, red: goal not met, blue: no goal`,
      left: "center",
    },
    grid: { left: 360, right: 60, top: 80, bottom: 30 },
    xAxis: { type: "value", min: 0 },
    yAxis: { type: "category", data: rows.map(label), axisLabel: { width: 340, overflow: "truncate", fontSize: 11 } },
    series: [
      {
        type: "bar",
        barWidth: 16,
        data: rows.map((row) => ({ value: row.ratio_median, itemStyle: { color: color(row) } })),
      },
      {
        type: "custom",
        data: rows.map((row, index) => [row.ratio_min, row.ratio_max, index]),
        encode: { x: [0, 1], y: 2 },
        renderItem(_, api) {
          const [from, y] = api.coord([api.value(0), api.value(2)]);
          const [until] = api.coord([api.value(1), api.value(2)]);
          return {
            type: "line",
            shape: { x1: from, y1: y, x2: Math.max(until, from + 1), y2: y },
            style: { stroke: "#1f2933", lineWidth: 2 },
          };
        },
      },
      {
        type: "scatter",
        symbol: "rect",
        symbolSize: [3, 24],
        itemStyle: { color: "#1f2933" },
        data: rows.flatMap((row, index) => (row.goal === undefined || row.goal === null ? [] : [[row.goal, index]])),
      },
    ],
  });
  writeFileSync(join(folder, `${part}.svg`), `${chart.renderToSVGString()}\n`);
  chart.dispose();
}
