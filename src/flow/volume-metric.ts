/** The metric that follows how many outputs come in an hour. */
export const volumeMetric = "volume";
