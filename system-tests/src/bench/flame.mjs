// node flame.mjs stacks.txt flame.svg title: a flame graph of collapsed stacks, "frame;frame;frame number" a line. A frame is
// as wide as its share of all numbers; frames that are too narrow to be seen are left out.
import { readFileSync, writeFileSync } from "node:fs";
import { init } from "echarts";

const WIDTH = 1600;
const ROW = 13;
const TOP = 70;
const NARROWEST = 0.004;
const NARROWEST_TEXT = 34;
const OWNERS = [
  { name: "this service", color: "#2e9d6a", of: /^com[./]vibnai/ },
  { name: "PostgreSQL client", color: "#5b8def", of: /^io[./]vertx[./](pgclient|sqlclient|mutiny[./]sqlclient)/ },
  { name: "JSON", color: "#e0b040", of: /^com[./]fasterxml/ },
  { name: "Netty, Vert.x", color: "#b58ad6", of: /^io[./](netty|vertx)/ },
  { name: "Quarkus and its parts", color: "#ef9a6c", of: /^(io[./](quarkus|smallrye)|org[./]jboss)/ },
  { name: "JDK and others", color: "#b8c0cc", of: /./ },
];

const [source, target, title] = process.argv.slice(2);
const root = { value: 0, children: new Map() };
for (const line of readFileSync(source, "utf8").split("\n").filter(Boolean)) {
  const space = line.lastIndexOf(" ");
  const value = Number(line.slice(space + 1));
  let frame = root;
  frame.value += value;
  for (const name of line.slice(0, space).split(";")) {
    if (!frame.children.has(name)) frame.children.set(name, { name, value: 0, children: new Map() });
    frame = frame.children.get(name);
    frame.value += value;
  }
}

/** Class and method, without the package. */
const short = (name) => name.replace(/^.*[./](?=[^./]+[./][^./]+$)/, "");

/** [start, depth, value, name] of a frame's callees, the widest first. */
function rectangles(frame, start, depth) {
  const all = [];
  let at = start;
  for (const child of [...frame.children.values()].sort((a, b) => b.value - a.value)) {
    if (child.value >= root.value * NARROWEST) {
      all.push([at, depth, child.value, child.name], ...rectangles(child, at, depth + 1));
    }
    at += child.value;
  }
  return all;
}

const frames = rectangles(root, 0, 0);
const rows = 1 + Math.max(...frames.map(([, depth]) => depth));
const chart = init(null, null, { renderer: "svg", ssr: true, width: WIDTH, height: TOP + ROW * (rows + 1) });
chart.setOption({
  animation: false,
  backgroundColor: "#ffffff",
  title: { text: title, left: 10, top: 8 },
  legend: { top: 34, left: 10, itemGap: 24, data: OWNERS.map(({ name }) => name) },
  grid: { left: 10, right: 10, top: TOP, bottom: ROW },
  xAxis: { type: "value", min: 0, max: root.value, show: false },
  yAxis: { type: "value", min: 0, max: rows, show: false },
  series: OWNERS.map((owner) => ({
    type: "custom",
    name: owner.name,
    itemStyle: { color: owner.color },
    data: frames.flatMap(([start, depth, value, name], index) =>
      OWNERS.find(({ of }) => of.test(name)) === owner ? [[start, depth, value, index]] : [],
    ),
    encode: { x: 0, y: 1 },
    renderItem(_, api) {
      const [x, y] = api.coord([api.value(0), api.value(1) + 1]);
      const width = api.size([api.value(2), 0])[0];
      return {
        type: "rect",
        shape: { x, y, width: Math.max(width - 0.5, 0.5), height: ROW - 1 },
        style: { fill: owner.color },
        textContent: {
          type: "text",
          invisible: width < NARROWEST_TEXT,
          style: {
            text: short(frames[api.value(3)][3]),
            fontSize: 9,
            fill: "#1f2933",
            width: width - 4,
            overflow: "truncate",
          },
        },
        textConfig: { position: "insideLeft", distance: 2 },
      };
    },
  })),
});
writeFileSync(target, `${chart.renderToSVGString()}\n`);
chart.dispose();
