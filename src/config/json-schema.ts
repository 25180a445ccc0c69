import { z } from "zod";
import { checkFileSettings, configSettings } from "./settings.js";

/** JSON Schema of the configuration file, for completion in an editor. */
export function configJsonSchema(): object {
  return jsonSchema(configSettings, "Evenkeel configuration");
}

/** JSON Schema of a check file. */
export function checkFileJsonSchema(): object {
  return jsonSchema(checkFileSettings, "Evenkeel check file");
}

/** Draft 7 is what editors know best; `input`, so that settings with a default may be left out. */
function jsonSchema(schema: z.ZodType, title: string): object {
  const { $schema, ...rest } = z.toJSONSchema(schema, {
    io: "input",
    target: "draft-7",
    unrepresentable: "any",
  });
  return { $schema, title, ...rest };
}
