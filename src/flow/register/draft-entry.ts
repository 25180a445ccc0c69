import type { JsonObject } from "../../domain/json.js";
import type { UnregisteredName } from "../../store/unregistered.js";
import { jsonText } from "../../text/check-file-text.js";
import { idFrom } from "../../text/id-from.js";
import { type Ground, watchedOf } from "../ground.js";

/** An entry to paste into "automations" of the configuration: what is known filled in, what a person must say named in comments. */
export function draftEntry(ground: Ground, unregistered: UnregisteredName): readonly string[] {
  const { name, sender, model, mapped, fields, way } = unregistered;
  const { register } = ground;
  const id = idFrom(name) ?? "name-it";
  const senderEntry = sender === null ? null : watchedOf(register, sender)?.entry;
  const entry: JsonObject = {
    id,
    does: `Sends outputs as ${name}; say here what it does`,
    owner: senderEntry?.owner ?? register.aiOwner.name,
    ...(model === null ? {} : { model }),
    risk: "low",
    // where its rows lie is known to whoever wrote the entry they were read for
    ...(way === "row"
      ? { title: name, source: { type: "file", path: "" } }
      : { source: pushSource(id, mapped) }),
  };
  const comments = [
    ...(way === "row" || id === name
      ? []
      : [`Its sender must use the address /v1/outputs/${id} from then on.`]),
    'risk: "high" where it touches customers, money or personal data; high and medium need a "fallback".',
    way === "row"
      ? `source: copy it from the entry "${sender}", with its map.automation; there rows are told apart by the id or title of the entry.`
      : "token: put one of its own into the environment under that name, and give it to the sender.",
    ...(mapped || fields === null ? [] : [`map.output: which field holds what it produced. Seen: ${fields}`]),
  ];
  return [...comments.map((line) => `// ${line}`), ...`${jsonText(entry, 0)},`.split("\n")];
}

function pushSource(id: string, mapped: boolean): JsonObject {
  return {
    type: "push",
    token: { env: `PUSH_TOKEN_${id.toUpperCase().replaceAll("-", "_")}` },
    ...(mapped ? {} : { map: { output: "$" } }),
  };
}
