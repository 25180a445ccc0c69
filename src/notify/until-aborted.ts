/** The work, or the reason of the signal when that comes first. */
export async function untilAborted<Value>(work: Promise<Value>, signal: AbortSignal): Promise<Value> {
  // the signal outlives the mail, so what listens to it must go with the mail
  const listening = new AbortController();
  const stopped = new Promise<never>((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true, signal: listening.signal });
  });
  return Promise.race([work, stopped]).finally(() => listening.abort());
}
