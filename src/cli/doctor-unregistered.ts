import type { Ground } from "../flow/ground.js";
import { sayRowsElsewhere } from "../flow/register/foreign-rows.js";
import { sayUnregistered } from "../flow/register/say-unregistered.js";
import { unregisteredActivity } from "../flow/register/unregistered.js";
import { sayCount } from "../wording/numbers.js";
import { atRisk, type Examined, fine } from "./examined.js";

/** Names told one by one; the rest is counted. */
const named = 3;

/** What sends outputs that nobody registered: nothing of it is watched. */
export function examineUnregistered(ground: Ground): readonly Examined[] {
  const { names } = unregisteredActivity(ground);
  const known = names.filter(({ sender }) => sender !== null);
  const strangers = names.length - known.length;
  return [
    ...known
      .slice(0, named)
      .map((each) =>
        atRisk(
          each.name,
          `not registered, so nothing of it is checked: ${sayUnregistered(ground, each)}`,
          "evenkeel register --unregistered drafts its entry",
        ),
      ),
    ...(known.length > named
      ? [
          atRisk(
            "register",
            `${sayCount(known.length - named, "more name")} nobody registered ${known.length - named === 1 ? "sends" : "send"} outputs`,
            "evenkeel register --unregistered lists them",
          ),
        ]
      : []),
    ...(strangers > 0
      ? [
          fine(
            "intake",
            `${sayCount(strangers, "name")} without a known token ${strangers === 1 ? "was" : "were"} refused; evenkeel register --unregistered lists them`,
          ),
        ]
      : []),
    ...ground.register.automations.flatMap((watched) =>
      sayRowsElsewhere(ground, watched).map(({ isRead, words }) =>
        isRead
          ? fine(watched.entry.id, words)
          : atRisk(
              watched.entry.id,
              words,
              `give that automation the same "source", with its map.automation`,
            ),
      ),
    ),
  ];
}
