import { messageOf } from "../domain/errors.js";
import type { Interaction } from "../notify/interaction.js";
import type { Ground } from "./ground.js";
import type { Taken } from "./presses/taken-press.js";

/** Sends what follows a press. Nobody waits for it: the answer was due at once, and what was recorded stands. */
export async function followPress(
  { logger }: Pick<Ground, "logger">,
  interaction: Interaction,
  { followUp }: Taken,
  signal: AbortSignal,
): Promise<void> {
  if (followUp === null) return;
  const what = "whoever pressed in Slack could not be answered";
  try {
    const failed = await interaction.follow(followUp, signal);
    if (failed !== null) logger.warn(what, { reason: failed });
  } catch (thrown) {
    logger.error(what, { reason: messageOf(thrown) });
  }
}
