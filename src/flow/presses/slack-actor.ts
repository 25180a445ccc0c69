import { slackMemberId } from "../../domain/person.js";
import type { Register } from "../ground.js";

/** A person by their Slack member id, or the id itself: whoever is in the conversation may press what ends nothing. */
export function slackActor(register: Register, user: string): string {
  return knownAs(register, user) ?? `Slack user ${slackIdOf(user)}`;
}

/** The name of whoever has that member id; null: nobody of the register. */
export function knownAs(register: Register, user: string): string | null {
  return [...register.people.values()].find((person) => person.slackId === user)?.name ?? null;
}

/** A member id as it may be repeated. */
export function slackIdOf(user: string): string {
  return slackMemberId.test(user) ? user : "without an id";
}
