/** What stands on the buttons of moves that people make: the same in Slack, in mails and on pages. */
export const moveLabels = {
  acknowledge: "Acknowledge",
  "fallback-on": "Doing it by hand",
  "fallback-off": "No longer by hand",
  "switch-back": "Switched back",
  "false-alarm": "False alarm",
  "accept-change": "The change is right",
  resolve: "Resolve",
} as const;
