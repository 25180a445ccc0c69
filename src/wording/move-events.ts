/**
 * What happened to an incident, as a word of a timeline. In: the name of the move. Out: words; a name
 * that is not known is said as it is.
 */
const words: Readonly<Record<string, string>> = {
  open: "Opened",
  also: "Also",
  acknowledge: "Acknowledged",
  escalate: "Passed on",
  "fallback-on": "By hand",
  "fallback-off": "No longer by hand",
  recover: "Back",
  worsen: "Worse again",
  "switch-back": "Switched back",
  resolve: "Ended",
  "false-alarm": "Ended as a false alarm",
  "accept-change": "Ended: the change is right",
  reopen: "Opened again",
  snooze: "Snoozed",
  "snooze-over": "Snooze over",
  silence: "Silenced",
  "silence-over": "Silence over",
  flapping: "Keeps changing",
  late: "Told late",
  report: "Reported by a person",
  "report-settled": "Report settled",
  cause: "Cause",
  rework: "What went out",
  lowered: "For the digest only",
  "pause-asked": "Pause asked for",
  paused: "Paused",
  "pause-failed": "Could not be paused",
  "resume-asked": "Resumption asked for",
  resumed: "Runs again",
  "resume-failed": "Could not be resumed",
  expire: "Acknowledgement expired",
  "missed-contain": "Not contained in time",
  "missed-restore": "Not working again in time",
};

/** "Acknowledged" of the move `acknowledge`. */
export function sayMoveEvent(event: string): string {
  return words[event] ?? event;
}
