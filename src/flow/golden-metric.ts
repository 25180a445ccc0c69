/** The metric that follows the known answers that agree, case by case. */
export const goldenMetric = "golden:agreement";

/** The metric that follows the share of inputs that are like those of the golden set. */
export const goldenCoverage = "golden:inputs";
