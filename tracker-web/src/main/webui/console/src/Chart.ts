import {
  BarController,
  BarElement,
  CategoryScale,
  Chart as ChartJs,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  Tooltip,
} from "chart.js";

ChartJs.register(
  BarController,
  BarElement,
  CategoryScale,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  Tooltip,
);

export interface Series {
  label: string;
  values: number[];
  /** Name of the custom property that holds its colour. */
  color: string;
}

export interface Drawing {
  periods: string[];
  series: Series[];
  shape: "columns" | "lines";
}

/** Draws on a canvas of the element; colours are its custom properties, read when drawing. */
export class Chart {
  private chart: ChartJs<"bar" | "line"> | null = null;

  constructor(private readonly host: Element) {}

  draw(canvas: HTMLCanvasElement, { periods, series, shape }: Drawing): void {
    this.clear();
    const style = getComputedStyle(canvas);
    const color = this.resolver(canvas);
    const [ink, soft, line, card] = ["--_ink", "--_soft", "--_line", "--_card"].map(color) as [
      string,
      string,
      string,
      string,
    ];
    const columns = shape === "columns";
    const font = { family: style.fontFamily, size: 12 };
    this.chart = new ChartJs<"bar" | "line">(canvas, {
      type: columns ? "bar" : "line",
      data: {
        labels: periods,
        datasets: series.map(({ label, values, color: name }) => ({
          label,
          data: values,
          backgroundColor: color(name),
          borderColor: columns ? card : color(name),
          ...(columns ? { borderWidth: 0.5, maxBarThickness: 44 } : { borderWidth: 2, pointRadius: 2, tension: 0 }),
        })),
      },
      options: {
        responsive: true,
        maintainAspectRatio: false,
        animation: false,
        font,
        interaction: { mode: "index", intersect: false },
        scales: {
          x: {
            stacked: columns,
            grid: { display: false },
            border: { color: line },
            ticks: { color: soft, font, maxRotation: 0, autoSkipPadding: 18 },
          },
          y: {
            stacked: columns,
            beginAtZero: true,
            grid: { color: line },
            border: { display: false },
            ticks: { color: soft, font, precision: 0, maxTicksLimit: 6 },
          },
        },
        plugins: {
          tooltip: {
            backgroundColor: card,
            titleColor: ink,
            bodyColor: ink,
            footerColor: ink,
            borderColor: line,
            borderWidth: 1,
            padding: 10,
            boxPadding: 4,
            titleFont: font,
            bodyFont: font,
            footerFont: font,
            filter: ({ parsed }) => parsed.y !== 0,
            callbacks: {
              footer: (items) => `Total ${items.reduce((sum, { parsed }) => sum + (parsed.y ?? 0), 0)}`,
            },
          },
        },
      },
    });
  }

  clear(): void {
    this.chart?.destroy();
    this.chart = null;
  }

  /** Custom properties may be of any form, light-dark() included; what counts is what the browser makes of them. */
  private resolver(canvas: HTMLCanvasElement): (name: string) => string {
    const probe = document.createElement("span");
    (canvas.parentElement ?? this.host).append(probe);
    const colors = new Map<string, string>();
    const color = (name: string): string => {
      const known = colors.get(name);
      if (known) return known;
      probe.style.color = `var(${name})`;
      const found = getComputedStyle(probe).color;
      colors.set(name, found);
      return found;
    };
    for (const name of ["--_ink", "--_soft", "--_line", "--_card", ...COLORS]) color(name);
    probe.remove();
    return color;
  }
}

/** Colours of the series; what is left over has the last one. */
export const COLORS = [0, 1, 2, 3, 4, 5, 6].map((number) => `--_series-${number}`).concat("--_series-other");
