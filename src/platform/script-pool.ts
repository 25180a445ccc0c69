import { askScriptProcess, type ScriptProcess, startScriptProcess } from "./script-process.js";
import type { ScriptTask } from "./script-program.js";

/** How many scripts run at once, how much memory each has, how long a process without work is kept. */
export interface ScriptLimits {
  readonly processes: number;
  readonly memoryMb: number;
  readonly idleMs: number;
}

/** A task, but for what the pool adds. */
export type ScriptCall = Omit<ScriptTask, "endsAfterMs">;

/** A few processes, and whoever waits for one. They start when asked, rest unreferenced, and end with this process. */
export function createScriptPool(
  limits: ScriptLimits,
): (call: ScriptCall, timeoutMs: number) => Promise<string> {
  const resting = new Map<ScriptProcess, NodeJS.Timeout>();
  const waiting: (() => void)[] = [];
  let busy = 0;
  const start = startedHere((child) => {
    clearTimeout(resting.get(child));
    resting.delete(child);
  }, limits.memoryMb);
  const wake = (): ScriptProcess | undefined => {
    for (const [child, timer] of resting) {
      clearTimeout(timer);
      resting.delete(child);
      // one that is on its way out is passed over
      if (!child.connected) continue;
      child.ref();
      child.channel?.ref();
      return child;
    }
    return undefined;
  };
  const rest = (child: ScriptProcess): void => {
    const end = (): void => {
      resting.delete(child);
      child.kill("SIGKILL");
    };
    child.unref();
    child.channel?.unref();
    resting.set(child, setTimeout(end, limits.idleMs).unref());
  };
  return async (call, timeoutMs) => {
    // whoever ends hands its place over, so that nobody who comes between takes it
    if (busy >= limits.processes) await new Promise<void>((resolve) => waiting.push(resolve));
    else busy += 1;
    try {
      const child = wake() ?? (await start());
      const answer = await askScriptProcess(child, call, { timeoutMs, memoryMb: limits.memoryMb });
      rest(child);
      return answer;
    } finally {
      const next = waiting.shift();
      if (next === undefined) busy -= 1;
      else next();
    }
  };
}

/** Starts processes, and kills those that still run when this one exits. */
function startedHere(onEnd: (child: ScriptProcess) => void, memoryMb: number): () => Promise<ScriptProcess> {
  const running = new Set<ScriptProcess>();
  const killAll = (): void => {
    for (const child of running) child.kill("SIGKILL");
  };
  return async () => {
    const started = startScriptProcess(memoryMb, (child) => {
      running.delete(child);
      if (running.size === 0) process.off("exit", killAll);
      onEnd(child);
    });
    if (running.size === 0) process.on("exit", killAll);
    running.add(started.child);
    await started.ready;
    return started.child;
  };
}
