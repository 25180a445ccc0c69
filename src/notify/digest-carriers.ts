/** Types of channels that carry a digest: what one reader is told and asked has a form of its own there. */
export const digestCarriers: readonly string[] = ["email", "slack"];
