/**
 * The pairing of rows and columns with the greatest sum, each at most once: the Hungarian method with potentials and
 * shortest augmenting paths (H. W. Kuhn, "The Hungarian method for the assignment problem", 1955; R. Jonker and A.
 * Volgenant, 1987). Time grows with rows² times columns; callers cap both. Returns the column of each row, null where
 * there are more rows than columns. `gains` are finite, every row of one length.
 */
export function bestAssignment(gains: readonly (readonly number[])[]): readonly (number | null)[] {
  const columns = gains[0]?.length ?? 0;
  if (gains.length <= columns) return assignRows(gains, columns);
  const turned = Array.from({ length: columns }, (_, column) => gains.map((row) => row[column] ?? 0));
  const rowOfColumn = assignRows(turned, gains.length);
  const assigned: (number | null)[] = gains.map(() => null);
  for (const [column, row] of rowOfColumn.entries()) assigned[row] = column;
  return assigned;
}

/** Column 0 is where a search begins; rows and columns count from 1, 0 means none. */
interface Search {
  readonly rowOf: number[];
  readonly rowPrice: Float64Array;
  readonly columnPrice: Float64Array;
}

/** At most as many rows as columns: every row gets one. */
function assignRows(gains: readonly (readonly number[])[], columns: number): readonly number[] {
  const search: Search = {
    rowOf: Array.from({ length: columns + 1 }, () => 0),
    rowPrice: new Float64Array(gains.length + 1),
    columnPrice: new Float64Array(columns + 1),
  };
  const cost = (row: number, column: number) => -(gains[row - 1]?.[column - 1] ?? 0);
  for (let row = 1; row <= gains.length; row += 1) place(search, row, columns, cost);
  const assigned = gains.map(() => 0);
  for (const [column, row] of search.rowOf.entries())
    if (row > 0 && column > 0) assigned[row - 1] = column - 1;
  return assigned;
}

/** Gives one more row its column along the cheapest path of exchanges, and keeps the prices feasible. */
function place(
  { rowOf, rowPrice, columnPrice }: Search,
  row: number,
  columns: number,
  cost: (row: number, column: number) => number,
): void {
  const distance = new Float64Array(columns + 1).fill(Number.POSITIVE_INFINITY);
  const cameFrom = new Int32Array(columns + 1);
  const done = new Uint8Array(columns + 1);
  rowOf[0] = row;
  let at = 0;
  while (rowOf[at] !== 0) {
    done[at] = 1;
    const from = rowOf[at] ?? 0;
    let next = 0;
    let step = Number.POSITIVE_INFINITY;
    for (let column = 1; column <= columns; column += 1) {
      if (done[column] === 1) continue;
      const reduced = cost(from, column) - (rowPrice[from] ?? 0) - (columnPrice[column] ?? 0);
      if (reduced < (distance[column] ?? 0)) {
        distance[column] = reduced;
        cameFrom[column] = at;
      }
      if ((distance[column] ?? 0) < step) {
        step = distance[column] ?? 0;
        next = column;
      }
    }
    for (let column = 0; column <= columns; column += 1) {
      if (done[column] === 1) {
        const owner = rowOf[column] ?? 0;
        rowPrice[owner] = (rowPrice[owner] ?? 0) + step;
        columnPrice[column] = (columnPrice[column] ?? 0) - step;
      } else distance[column] = (distance[column] ?? 0) - step;
    }
    at = next;
  }
  while (at !== 0) {
    const before = cameFrom[at] ?? 0;
    rowOf[at] = rowOf[before] ?? 0;
    at = before;
  }
}
