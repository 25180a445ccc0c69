/** An error we foresaw: its message says where, what was found and what was expected. */
export class KnownError extends Error {
  readonly code: string;
  /** True when the same attempt may work later (time-out, 503), false when someone has to act. */
  readonly retryable: boolean;

  constructor(code: string, message: string, options: { retryable?: boolean; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = new.target.name;
    this.code = code;
    this.retryable = options.retryable ?? false;
  }
}

/** The configuration cannot be used. */
export class ConfigError extends KnownError {}

/** A source or probe could not be read; the automation's quality is unknown, not bad. */
export class SourceError extends KnownError {}

/** The database refuses: locked, damaged, too new. */
export class StoreError extends KnownError {}

/** The message of anything thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
