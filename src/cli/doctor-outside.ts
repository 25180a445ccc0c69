import { existsSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { databasePath } from "../daemon.js";
import { messageOf } from "../domain/errors.js";
import type { Ground, Watched } from "../flow/ground.js";
import { readSource } from "../flow/read-source.js";
import { daemonAnswers } from "../platform/ask-daemon.js";
import { announcedDaemon } from "../platform/daemon-file.js";
import { levelOf, roomOf, sayBytes } from "../store/space.js";
import { longestAnswerMs } from "../text/setting-types.js";
import { sayInstant } from "../wording/times.js";
import { atRisk, broken, type Examined, fine } from "./examined.js";
import type { Terminal } from "./terminal.js";
import { hasDatabase, look, shownDatabase, type Workplace } from "./workplace.js";

/** A source that has not answered by then does not answer: its own timeout may allow nearly as much. */
const sourceWithinMs = longestAnswerMs + 30_000;

/** The database file and the room it has. */
export function examineDatabase(workplace: Workplace): readonly Examined[] {
  const shown = shownDatabase(workplace);
  if (!hasDatabase(workplace))
    return [atRisk("database", `${shown} does not exist yet`, "evenkeel start makes it")];
  const path = databasePath(workplace.config);
  const size = [path, `${path}-wal`].filter(existsSync).reduce((sum, each) => sum + statSync(each).size, 0);
  const room = roomOf(dirname(path));
  const free = room.freeBytes;
  const text = `${sayBytes(size)} in ${shown}, ${sayBytes(free)} free`;
  switch (levelOf(room)) {
    case "full":
      return [broken("database", `${text}: no outputs are taken in`, "make room on this disk")];
    case "low":
      return [broken("database", `${text}: texts of outputs are not kept`, "make room on this disk")];
    case "scarce":
      return [atRisk("database", text, "make room on this disk")];
    case "ample":
      return [fine("database", text)];
  }
}

/** Whether anything is being watched at all. */
export async function examineDaemon({ config, configPath }: Workplace): Promise<readonly Examined[]> {
  const daemon = announcedDaemon(config.dataDir);
  if (daemon !== null && (await daemonAnswers(daemon.url)))
    return [fine("daemon", `listens at ${daemon.url}`)];
  const text =
    daemon === null
      ? "not running: nothing is watched"
      : `does not answer at ${daemon.url}: nothing is watched`;
  return [atRisk("daemon", text, `evenkeel start --config ${configPath}`)];
}

/** Each source is asked once; those that answer are counted in one line. */
export async function examineSources(
  terminal: Terminal,
  workplace: Workplace,
  ground: Ground,
): Promise<readonly Examined[]> {
  const asked = ground.register.automations.filter((each) => each.source !== null && each.push === null);
  const reasons = await Promise.all(asked.map((watched) => whyUnreadable(ground, watched)));
  const since = hasDatabase(workplace)
    ? await look(terminal, workplace, failingSince)
    : new Map<string, string>();
  const unreadable = asked.flatMap((watched, index): readonly Examined[] => {
    const reason = reasons[index] ?? null;
    const { id } = watched.entry;
    if (reason === null) return [];
    const when = since.get(id);
    const text = when === undefined ? reason : `${reason} (since ${when})`;
    return [broken(id, text, `evenkeel try ${id} looks again`)];
  });
  const answering = asked.length - unreadable.length;
  const pushed = ground.register.automations.filter((each) => each.push !== null).length;
  const waiting = pushed === 0 ? "" : `; ${pushed} wait for what is sent to them`;
  return [...unreadable, fine("sources", `${answering} of ${asked.length} answer${waiting}`)];
}

async function whyUnreadable(ground: Ground, watched: Watched): Promise<string | null> {
  try {
    const signal = AbortSignal.timeout(sourceWithinMs);
    const result = await readSource(ground, watched, null, { signal, patient: false });
    return result.ok ? null : result.reason;
  } catch (thrown) {
    return messageOf(thrown);
  }
}

function failingSince({ store, register, clock }: Ground): ReadonlyMap<string, string> {
  return new Map(
    register.automations.flatMap(({ entry }) => {
      const { failingSince: at } = store.sources.get(entry.id);
      return at === null ? [] : [[entry.id, sayInstant(at, register.timeZone, clock.now())] as const];
    }),
  );
}
