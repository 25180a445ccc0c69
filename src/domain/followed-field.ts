/** A field of structured output that is followed without being asked for. */
export interface FollowedField {
  /** JSONPath from the top: `$.total`. */
  readonly path: string;
  readonly kind: "number" | "category";
}
