/** A line plot as SVG, both axes logarithmic. */

export interface Series {
  readonly name: string;
  readonly colour: string;
  readonly points: readonly (readonly [x: number, y: number])[];
}

export interface Plot {
  readonly title: string;
  readonly x: string;
  readonly y: string;
  readonly series: readonly Series[];
}

const WIDTH = 460;
const HEIGHT = 320;
const MARGIN = { left: 64, right: 16, top: 36, bottom: 48 };

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** Powers of ten around some values. */
function decades(values: readonly number[]): number[] {
  const low = Math.floor(Math.log10(Math.min(...values)));
  const high = Math.max(low + 1, Math.ceil(Math.log10(Math.max(...values))));
  return Array.from({ length: high - low + 1 }, (_, i) => 10 ** (low + i));
}

const tick = (value: number): string =>
  value >= 1e6 ? `${value / 1e6}M` : value >= 1e3 ? `${value / 1e3}k` : String(Number(value.toPrecision(2)));

/** One plot at a place. */
function panel({ title, x, y, series }: Plot, left: number): string {
  const points = series.flatMap((one) => one.points);
  const [xs, ys] = [decades(points.map((p) => p[0])), decades(points.map((p) => p[1]))];
  const at = (value: number, ticks: readonly number[], from: number, to: number): number => {
    const [low = 1, high = 10] = [ticks[0], ticks.at(-1)];
    return from + ((to - from) * Math.log10(value / low)) / Math.log10(high / low);
  };
  const px = (value: number): number => at(value, xs, left + MARGIN.left, left + WIDTH - MARGIN.right);
  const py = (value: number): number => at(value, ys, HEIGHT - MARGIN.bottom, MARGIN.top);
  const [bottom, start] = [HEIGHT - MARGIN.bottom, left + MARGIN.left];
  const grid = [
    ...xs.map((v) => `<path d="M${px(v)} ${MARGIN.top}V${bottom}"/>`),
    ...ys.map((v) => `<path d="M${start} ${py(v)}H${left + WIDTH - MARGIN.right}"/>`),
  ];
  const labels = [
    ...xs.map((v) => `<text x="${px(v)}" y="${bottom + 16}" text-anchor="middle">${tick(v)}</text>`),
    ...ys.map((v) => `<text x="${start - 6}" y="${py(v) + 4}" text-anchor="end">${tick(v)}</text>`),
    `<text x="${(start + left + WIDTH) / 2}" y="${HEIGHT - 10}" text-anchor="middle">${escaped(x)}</text>`,
    `<text x="${left + 4}" y="${MARGIN.top - 8}">${escaped(y)}</text>`,
    `<text x="${(start + left + WIDTH) / 2}" y="16" text-anchor="middle" font-weight="bold">${escaped(title)}</text>`,
  ];
  const lines = series.map(({ colour, points: own }) => {
    const path = own.map(([a, b], i) => `${i === 0 ? 'M' : 'L'}${px(a).toFixed(1)} ${py(b).toFixed(1)}`).join('');
    const dots = own.map(([a, b]) => `<circle cx="${px(a).toFixed(1)}" cy="${py(b).toFixed(1)}" r="3"/>`).join('');
    return `<g stroke="${colour}" fill="${colour}"><path d="${path}" fill="none" stroke-width="2"/>${dots}</g>`;
  });
  return [`<g stroke="#ccc">${grid.join('')}</g>`, `<g fill="#333">${labels.join('')}</g>`, ...lines].join('\n');
}

/** Plots side by side as one document. */
export function svg(plots: readonly Plot[]): string {
  const size = `width="${WIDTH * plots.length}" height="${HEIGHT}" viewBox="0 0 ${WIDTH * plots.length} ${HEIGHT}"`;
  const panels = plots.map((plot, i) => panel(plot, i * WIDTH));
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size} font-family="sans-serif" font-size="12">
<title>Time and memory by the number of segments and of rows</title>
<rect width="100%" height="100%" fill="#fff"/>
${panels.join('\n')}
</svg>
`;
}
