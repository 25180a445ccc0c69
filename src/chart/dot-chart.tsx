/**
 * Shares by run as a picture: a dot for each, what is usual before a change and since, where it begins, and under it how
 * many outputs each run had. In: shares from 0 to 1 and the words that stand with them. Out: SVG without script and
 * without styles of its own; the classes are the stylesheet's. Every text is a text node.
 */

import {
  Bars,
  barHeight,
  type ChartDot,
  type ChartLevel,
  Labels,
  rounded,
  solidFrom,
} from "./dot-chart-words.js";

/** What a chart shows. */
export interface DotChartProps {
  /** Tells its titles apart from those of other charts on the page. */
  readonly id: string;
  readonly title: string;
  /** The numbers in words, for whoever does not see it. */
  readonly description: string;
  readonly dots: readonly ChartDot[];
  /** null: there is no run of that side. */
  readonly before: ChartLevel | null;
  readonly since: ChartLevel | null;
  /** Stands where the change begins: "since Tue 14:52". */
  readonly mark: string;
  /** When the first and the last run were. */
  readonly ends: readonly [string, string];
}

/** For wide screens, and for phones, on which a wide one's letters would be too small to read. */
const sizes = {
  wide: { width: 880, height: 236, dot: 2.8 },
  narrow: { width: 350, height: 216, dot: 2.2 },
} as const;

/** Left of the plot stand the percentages, over it the mark, under it the bars and the times. */
const edge = { left: 38, right: 8, top: 26, bottom: 48 } as const;

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
  const { dots, before, since, size } = props;
  const { width, height, dot } = sizes[size];
  const name = `${props.id}-${size}`;
  const [top, bottom] = [edge.top, height - edge.bottom];
  const lowest = lowestShown(props);
  const step = (width - edge.left - edge.right) / dots.length;
  const x = (index: number) => rounded(edge.left + step * index);
  const y = (share: number) => rounded(top + ((bottom - top) * (1 - share)) / (1 - lowest));
  const found = dots.findIndex(({ changed }) => changed);
  const begin = x(found < 0 ? dots.length : found);
  const [left, right] = [edge.left, width - edge.right];
  return (
    <svg
      class={`chart ${size}`}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-labelledby={`${name}-t ${name}-d`}
    >
      <title id={`${name}-t`}>{props.title}</title>
      <desc id={`${name}-d`}>{props.description}</desc>
      {before === null ? null : <Band level={before} from={left} to={begin} y={y} now={false} />}
      {since === null ? null : <Band level={since} from={begin} to={right} y={y} now={true} />}
      {ticks(lowest).map((share) => (
        <>
          <path class="grid" d={`M${left} ${y(share)}H${right}`} />
          <text x={left - 6} y={y(share) + 4} text-anchor="end">{`${Math.round(share * 100)}%`}</text>
        </>
      ))}
      {before === null || since === null ? null : (
        <path class="base" d={`M${begin} ${y(before.share)}H${right}`} />
      )}
      {before === null ? null : <path class="lvl" d={`M${left} ${y(before.share)}H${begin}`} />}
      {since === null ? null : <path class="lvl now" d={`M${begin} ${y(since.share)}H${right}`} />}
      {dots.map((each, index) => (
        <circle class={classOf(each)} cx={x(index + 0.5)} cy={y(each.share)} r={dot} />
      ))}
      {found < 0 ? null : <Mark at={begin} bottom={bottom} middle={width / 2} text={props.mark} />}
      <Labels
        before={before}
        since={since}
        onLeft={begin > width / 2}
        at={begin}
        {...{ left, right, bottom, y }}
      />
      <Bars dots={dots} x={x} width={rounded(step * 0.6)} bottom={bottom + barHeight + 8} />
      <Ends ends={props.ends} y={height - 6} left={left} right={right} />
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

/** One run has one instant. */
function Ends(props: { ends: DotChartProps["ends"]; y: number; left: number; right: number }) {
  const [first, last] = props.ends;
  return (
    <>
      <text x={props.left} y={props.y}>
        {first}
      </text>
      {first === last ? null : (
        <text x={props.right} y={props.y} text-anchor="end">
          {last}
        </text>
      )}
    </>
  );
}

function classOf({ n, changed }: ChartDot): string {
  return ["dot", ...(n < solidFrom ? ["thin"] : []), ...(changed ? ["now"] : [])].join(" ");
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
