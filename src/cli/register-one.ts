import { KnownError } from "../domain/errors.js";
import { alarmPrices, withLevels } from "../flow/alarm-levels.js";
import { type BlindSpot, blindSpots } from "../flow/blind-spots.js";
import { sayDrawnRate } from "../flow/drawn-rate.js";
import { type Ground, watchedOf } from "../flow/ground.js";
import { overview } from "../flow/overview.js";
import { sayAlarmPrice } from "../flow/say-alarm-price.js";
import { whereMessagesGo } from "../flow/where-messages-go.js";
import { hang } from "../notify/plain.js";
import { upperFirst, withoutStop } from "../wording/sentences.js";
import { sayState } from "../wording/states.js";
import { clean, type Outcome } from "./outcome.js";
import { sayMessagePaths } from "./say-message-paths.js";
import { visible, widthOf, wrapped } from "./table.js";
import type { Terminal } from "./terminal.js";

/** One automation: how it stands, what is followed of it, and what cannot be seen of that yet. */
export function registerOne(terminal: Terminal, ground: Ground, id: string): Outcome {
  const watched = watchedOf(ground.register, id);
  const state = overview(ground).find((each) => each.id === id);
  if (watched === null || state === undefined)
    throw new KnownError("automation-unknown", `there is no automation ${id} in the register`);
  const levelled = withLevels(ground);
  const { rate, metrics } = blindSpots(ground, watched, levelled.levels);
  const paths = whereMessagesGo(ground, watched, ground.clock.now());
  const prices = alarmPrices(levelled);
  const { bold } = terminal.colors;
  const lines = [
    ...wrapped(terminal, `${state.title}: ${sayState(state.state).word.toLowerCase()}. ${state.reason}`).map(
      bold,
    ),
    ...wrapped(
      terminal,
      `${withoutStop(watched.entry.does)}. ${upperFirst(state.risk)} risk, ${state.owner}. ${upperFirst(sayDrawnRate(rate))}.`,
    ),
    "",
    bold("Where messages go"),
    ...sayMessagePaths(ground, paths).flatMap((line) =>
      hang([visible(`${line}.`)], { first: "  ", rest: "    ", width: widthOf(terminal) }),
    ),
    "",
    bold("What we cannot see yet"),
    ...(metrics.length === 0 ? ["  Nothing is followed yet, so nothing can be seen."] : []),
    ...metrics.flatMap((each) => spotLines(terminal, each)),
    "",
    bold("False alarms"),
    ...prices.flatMap((price) => wrapped(terminal, `  ${upperFirst(sayAlarmPrice(price))}.`, "    ")),
  ];
  return clean(
    { automation: state, rate, messagesGo: paths, cannotSee: metrics, falseAlarms: prices },
    lines,
  );
}

function spotLines(terminal: Terminal, { title, level, text, advice }: BlindSpot): readonly string[] {
  const head = `  ${visible(title)}${level === "digest" ? " (digest only)" : ""}`;
  const said = `${text}.${advice === null ? "" : ` ${upperFirst(advice)}.`}`;
  return [
    ...wrapped(terminal, head, "    "),
    ...hang([visible(said)], { first: "    ", rest: "    ", width: widthOf(terminal) }),
  ];
}
