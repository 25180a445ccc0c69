/**
 * Outputs that the automation, or the tool it runs in, sends itself: POST /v1/outputs/{automation}. They
 * arrive between readings and are taken at once, so a reading brings nothing.
 */
import { z } from "zod";
import { secretSetting } from "../../text/setting-types.js";
import { defineSourceType } from "../source.js";

const settings = z.strictObject({
  token: secretSetting.describe("The bearer token senders must show, by name"),
  hmac: secretSetting
    .optional()
    .describe("Key with which senders sign the body, by name; a good signature stands for the token"),
});

/** Outputs that are sent to us. */
export const push = defineSourceType({
  type: "push",
  settings,
  prepare: () => ({
    read: ({ cursor }) => Promise.resolve({ outputs: [], asides: [], cursor, more: false }),
  }),
});

/** The secrets a push source's settings name. */
type PushAccess = z.infer<typeof settings>;

/** Who may push, read from the checked settings of any source; null: it is not a push source. */
export function pushAccess(source: {
  readonly type: string;
  readonly [name: string]: unknown;
}): PushAccess | null {
  if (source.type !== "push") return null;
  return settings.parse({ token: source.token, hmac: source.hmac });
}
