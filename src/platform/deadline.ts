/** A time limit and the caller's own signal, joined. */
export interface Deadline {
  readonly signal: AbortSignal;
  /** True once the limit, rather than the caller, ended it. */
  expired(): boolean;
  remainingMs(): number;
  /** Rejects when the deadline ends first. */
  pause(ms: number): Promise<void>;
  /** Lets go of timer and listener. */
  end(): void;
}

/** Starts a deadline; `end` must be called. AbortSignal.timeout is not used: its timer does not keep a run alive. */
export function startDeadline(limitMs: number, outer: AbortSignal | undefined): Deadline {
  const controller = new AbortController();
  const endsAt = performance.now() + limitMs;
  let expired = false;
  const timer = setTimeout(() => {
    expired = true;
    controller.abort();
  }, limitMs);
  const cancel = (): void => controller.abort();
  if (outer?.aborted === true) cancel();
  outer?.addEventListener("abort", cancel, { once: true });
  return {
    signal: controller.signal,
    expired: () => expired,
    remainingMs: () => Math.max(0, endsAt - performance.now()),
    pause: (ms) => pauseUnless(controller.signal, ms),
    end: () => {
      clearTimeout(timer);
      outer?.removeEventListener("abort", cancel);
    },
  };
}

function pauseUnless(signal: AbortSignal, ms: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer);
      reject(new Error("cancelled"));
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", stop);
      resolve();
    }, ms);
    if (signal.aborted) stop();
    else signal.addEventListener("abort", stop, { once: true });
  });
}
