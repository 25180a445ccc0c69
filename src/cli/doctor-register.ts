import { digestTrouble } from "../flow/digest-carrier.js";
import type { Ground } from "../flow/ground.js";
import { stayInTerminal } from "../notify/settings.js";
import { sayCount } from "../wording/numbers.js";
import { atRisk, type Examined, fine } from "./examined.js";
import type { Workplace } from "./workplace.js";

/** Whether a message can reach anyone who does not look at this terminal. */
export function examineChannelChoice({ config }: Workplace): readonly Examined[] {
  if (!stayInTerminal(config.channels)) return [];
  return [
    atRisk(
      "channels",
      "no Slack, no e-mail: messages stay in one terminal",
      'add to "channels":  { "id": "ops-slack", "type": "slack", "token": { "env": "SLACK_BOT_TOKEN" }, "channel": "C0AIOPS" }  or  { "id": "ops-mail", "type": "email", "host": "smtp.example.com", "from": "evenkeel@example.com" }',
    ),
  ];
}

/** Whether the weekly digest has a way to each of its readers. */
export function examineDigest({ register }: Ground): readonly Examined[] {
  const trouble = digestTrouble(register);
  if (trouble === null) return [];
  return [atRisk("digest", trouble.text, trouble.fix)];
}

/** Automations that one missing person leaves alone. */
export function examinePeople({ config }: Workplace): readonly Examined[] {
  return config.automations
    .filter(({ automation }) => automation.risk !== "low" && automation.deputy === null)
    .map(({ automation }) =>
      atRisk(
        automation.id,
        `${automation.owner} has no deputy; incidents at risk "${automation.risk}" need a second person`,
        'name one:  "deputy": "..."',
      ),
    );
}

/** What the configuration declares. */
export function examineConfig({ config }: Workplace): readonly Examined[] {
  const checks = config.automations.reduce((sum, each) => sum + each.checks.length, 0);
  return [
    fine("config", `${sayCount(config.automations.length, "automation")}, ${sayCount(checks, "check")}`),
  ];
}
