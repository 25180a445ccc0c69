/**
 * Shares by run as a picture: a dot for each, what is usual before a change and since, and where it begins. In: shares
 * from 0 to 1 and the words that stand with them. Out: SVG without script and without styles of its own; the classes are
 * the stylesheet's. Every text is a text node.
 */

/** The level of one side of the change, and where the true share probably lies. */
export interface ChartLevel {
  readonly share: number;
  readonly low: number;
  readonly high: number;
}

/** What a chart shows. */
export interface DotChartProps {
  /** Tells its titles apart from those of other charts on the page. */
  readonly id: string;
  readonly title: string;
  /** The numbers in words, for whoever does not see it. */
  readonly description: string;
  readonly dots: readonly { readonly share: number; readonly changed: boolean }[];
  /** null: there is no run of that side. */
  readonly before: ChartLevel | null;
  readonly since: ChartLevel | null;
  /** Stands where the change begins: "since Tue 14:52". */
  readonly mark: string;
}

/** For wide screens, and for phones, on which a wide one's letters would be too small to read. */
const sizes = {
  wide: { width: 880, height: 200, dot: 2.8 },
  narrow: { width: 350, height: 180, dot: 2.2 },
} as const;

/** Left of the plot stand the percentages, over it the mark. */
const edge = { left: 38, right: 8, top: 26, bottom: 12 } as const;

/** Both sizes, of which the stylesheet shows one; nothing where no run is known. */
export function DotChart(props: DotChartProps) {
  if (props.dots.length === 0) return null;
  return (
    <>
      <Picture {...props} size="wide" />
      <Picture {...props} size="narrow" />
    </>
  );
}

function Picture(props: DotChartProps & { size: keyof typeof sizes }) {
  const { dots, before, since, mark, size } = props;
  const { width, height, dot } = sizes[size];
  const name = `${props.id}-${size}`;
  const plotWidth = width - edge.left - edge.right;
  const lowest = lowestShown(props);
  const x = (index: number) => rounded(edge.left + (plotWidth * index) / dots.length);
  const y = (share: number) =>
    rounded(edge.top + ((height - edge.top - edge.bottom) * (1 - share)) / (1 - lowest));
  const found = dots.findIndex(({ changed }) => changed);
  const begin = x(found < 0 ? dots.length : found);
  const ends = { left: edge.left, right: width - edge.right };
  return (
    <svg
      class={`chart ${size}`}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-labelledby={`${name}-t ${name}-d`}
    >
      <title id={`${name}-t`}>{props.title}</title>
      <desc id={`${name}-d`}>{props.description}</desc>
      {before === null ? null : <Band level={before} from={ends.left} to={begin} y={y} now={false} />}
      {since === null ? null : <Band level={since} from={begin} to={ends.right} y={y} now={true} />}
      {ticks(lowest).map((share) => (
        <>
          <path class="grid" d={`M${ends.left} ${y(share)}H${ends.right}`} />
          <text x={edge.left - 6} y={y(share) + 4} text-anchor="end">{`${Math.round(share * 100)}%`}</text>
        </>
      ))}
      {before === null ? null : <path class="lvl" d={`M${ends.left} ${y(before.share)}H${begin}`} />}
      {since === null ? null : <path class="lvl now" d={`M${begin} ${y(since.share)}H${ends.right}`} />}
      {dots.map(({ share, changed }, index) => (
        <circle class={changed ? "dot now" : "dot"} cx={x(index + 0.5)} cy={y(share)} r={dot} />
      ))}
      {found < 0 ? null : <Mark at={begin} bottom={height - edge.bottom} middle={width / 2} text={mark} />}
    </svg>
  );
}

function Band(props: {
  level: ChartLevel;
  from: number;
  to: number;
  y: (share: number) => number;
  now: boolean;
}) {
  const { level, from, to, y, now } = props;
  const [top, bottom] = [y(level.high), y(Math.max(level.low, 0))];
  return (
    <rect
      class={now ? "bandf now" : "bandf"}
      x={from}
      y={top}
      width={rounded(to - from)}
      height={rounded(bottom - top)}
    />
  );
}

/** The words stand on the side where there is more room. */
function Mark(props: { at: number; bottom: number; middle: number; text: string }) {
  const { at, bottom, middle, text } = props;
  const onLeft = at > middle;
  return (
    <>
      <path class="mk" d={`M${at} 17V${bottom}`} />
      <text class="ink" x={onLeft ? at - 5 : at + 5} y="16" text-anchor={onLeft ? "end" : "start"}>
        {text}
      </text>
    </>
  );
}

/** The whole fifth under everything shown, so that small differences near the top are seen. */
function lowestShown({ dots, before, since }: DotChartProps): number {
  const shown = [...dots.map(({ share }) => share), before?.low ?? 1, since?.low ?? 1];
  const fifths = Math.floor(Math.min(...shown) * 5 + 1e-9);
  return Math.min(4, Math.max(0, fifths)) / 5;
}

function ticks(lowest: number): readonly number[] {
  const count = Math.round((1 - lowest) * 5);
  return Array.from({ length: count + 1 }, (_, index) => 1 - index / 5);
}

/** A tenth of a unit is less than a pixel. */
function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}
