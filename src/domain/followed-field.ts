/** What is followed without being named: fields, labels, segments. */
export type FollowedField =
  /** `path`: JSONPath from the top: `$.total`. */
  | { readonly path: string; readonly kind: "number" | "category" }
  /** Outputs whose reference gives that label at that path: how many of them give it too. */
  | { readonly path: string; readonly kind: "recall"; readonly label: string }
  /** Outputs of that segment: how many of them pass each check. */
  | { readonly kind: "segment"; readonly segment: string };
