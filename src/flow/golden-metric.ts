/** The metric that follows the share of known answers that agree. */
export const goldenMetric = "golden:agreement";
