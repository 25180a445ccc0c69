import type { ChangeMarker } from "../../domain/change-marker.js";
import { excerpt } from "../../text/excerpt.js";

const shownNote = 80;
const shownValue = 60;

/** "the model changed from a to b", "the golden set was edited", "“new prompt” (Marta Quill)". */
export function sayMarker({ kind, from, to, note, who }: Omit<ChangeMarker, "id" | "automation">): string {
  switch (kind) {
    case "model":
      return `the model changed${fromTo(from, to)}`;
    case "fingerprint":
      return `the provider's fingerprint changed${fromTo(from, to)}`;
    case "prompt":
      return `the prompt changed${fromTo(from, to)}`;
    case "workflow":
      return `the workflow changed${fromTo(from, to)}`;
    case "golden-set":
      return "the golden set was edited";
    case "config":
      return `the configuration was edited${note === null ? "" : ` (${excerpt(note, shownNote)})`}`;
    case "pushed":
      return `“${excerpt(note ?? "", shownNote)}” (${who})`;
  }
}

function fromTo(from: string | null, to: string | null): string {
  const parts = [
    ...(from === null ? [] : [`from ${excerpt(from, shownValue)}`]),
    ...(to === null ? [] : [`to ${excerpt(to, shownValue)}`]),
  ];
  return parts.length === 0 ? "" : ` ${parts.join(" ")}`;
}
