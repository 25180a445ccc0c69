import type { Command } from "commander";
import type { CommandContext } from "./command-context.js";
import { addIncidentLife } from "./incidents-life.js";
import { addIncidentsList } from "./incidents-list.js";
import { addIncidentMoves } from "./incidents-move.js";
import { addIncidentOutputs } from "./incidents-outputs.js";
import { addIncidentsShow } from "./incidents-show.js";
import { addIncidentSnooze } from "./incidents-snooze.js";

/** `evenkeel incidents list|show|ack|fallback|switch-back|resolve|cause|pause|resume|snooze|outputs|rework`. */
export function addIncidents(program: Command, context: CommandContext): void {
  const incidents = program.command("incidents").description("list, show, acknowledge and end incidents");
  addIncidentsList(incidents, context);
  addIncidentsShow(incidents, context);
  addIncidentMoves(incidents, context);
  addIncidentSnooze(incidents, context);
  addIncidentLife(incidents, context);
  addIncidentOutputs(incidents, context);
}
