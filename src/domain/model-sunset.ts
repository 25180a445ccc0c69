/** The end of a model, as its vendor, the API that serves it or the owner states it. */
export interface ModelSunset {
  /** Names by which it is called; one that ends in `*` stands for every name that begins so. */
  readonly models: readonly string[];
  /** Who says so, for the sentence; null: the configuration does. */
  readonly vendor: string | null;
  /** The platform whose own dates these are, such as Azure; null: the vendor's own. */
  readonly platform: string | null;
  /** `YYYY-MM-DD`. */
  readonly shutsDownOn: string;
  /** The model that is named instead; null: none is. */
  readonly replacement: string | null;
}

/** Everything known about ends of models, the most trusted first. */
export interface KnownSunsets {
  /** Written in the configuration. */
  readonly own: readonly ModelSunset[];
  /** From the APIs of the configured models. */
  readonly listed: readonly ModelSunset[];
  /** From the table that comes with Evenkeel. */
  readonly table: readonly ModelSunset[];
  /** Platforms that sell models of others and set dates of their own. */
  readonly platforms: readonly string[];
}
