/** What is followed of structured output without being asked for. */
export type FollowedField =
  /** `path`: JSONPath from the top: `$.total`. */
  | { readonly path: string; readonly kind: "number" | "category" }
  /** Outputs whose reference gives that label at that path: how many of them give it too. */
  | { readonly path: string; readonly kind: "recall"; readonly label: string };
