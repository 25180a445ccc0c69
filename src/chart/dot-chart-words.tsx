/**
 * What stands beside the dots of a chart: the words at its levels, and a bar for each run's outputs. In: levels, dots
 * and the plot's scale. Out: parts of an SVG.
 */

/** The level of one side of the change, and where the true share probably lies. */
export interface ChartLevel {
  readonly share: number;
  readonly low: number;
  readonly high: number;
  /** Stands beside it: "usually 96%". */
  readonly label: string;
}

/** One run. */
export interface ChartDot {
  readonly share: number;
  /** Outputs counted; a share of few is a hollow dot. */
  readonly n: number;
  readonly changed: boolean;
}

/** A run of fewer outputs says little: its dot is hollow. */
export const solidFrom = 5;

/** Of the run with the most outputs. */
export const barHeight = 16;

/** What the levels are, both on the side of the beginning where there is more room, and never one over the other. */
export function Labels(props: {
  before: ChartLevel | null;
  since: ChartLevel | null;
  onLeft: boolean;
  at: number;
  left: number;
  right: number;
  bottom: number;
  y: (share: number) => number;
}) {
  const { before, since, onLeft, at, left, right, bottom, y } = props;
  const under = (level: ChartLevel) => Math.min(y(Math.max(level.low, 0)) + 30, bottom - 5);
  const usual = before === null ? null : under(before);
  const level = since === null ? null : Math.min(y(since.share) + 4, bottom - 5);
  const apart = usual === null || level === null || Math.abs(usual - level) >= 15;
  const below = apart || usual === null ? level : usual > bottom - 20 ? usual - 15 : usual + 15;
  return (
    <>
      {before === null ? null : (
        <text
          class="strong over"
          x={onLeft ? left + 6 : right - 6}
          y={usual}
          text-anchor={onLeft ? "start" : "end"}
        >
          {before.label}
        </text>
      )}
      {since === null ? null : (
        <text class="now over" x={onLeft ? at - 8 : right - 6} y={below} text-anchor="end">
          {since.label}
        </text>
      )}
    </>
  );
}

/** How many outputs each run had, beside the largest. */
export function Bars(props: {
  dots: readonly ChartDot[];
  x: (index: number) => number;
  width: number;
  bottom: number;
}) {
  const { dots, x, width, bottom } = props;
  const most = Math.max(...dots.map(({ n }) => n));
  return (
    <>
      {dots.map(({ n }, index) => {
        const height = rounded((barHeight * n) / most);
        return (
          <rect
            class="bar"
            x={rounded(x(index + 0.5) - width / 2)}
            y={rounded(bottom - height)}
            width={width}
            height={height}
          />
        );
      })}
    </>
  );
}

/** A tenth of a unit is less than a pixel. */
export function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}
