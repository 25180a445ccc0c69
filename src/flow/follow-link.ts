/**
 * What a link in a message leads to (RELIABILITY 4.2). In: its token, or the form of its page. Out: what the page says.
 * Looking changes nothing, however often and by whatever machine; only the form does, and it says who did it before.
 * A link shows the incident's title and where it stands, never an output.
 */
import type { IncidentMove } from "../domain/incident.js";
import type { PersonalEvent } from "../incident/transitions.js";
import type { IncidentRow } from "../store/incident.js";
import { type ActionLink, type LinkKey, nonceHolds, readLink, signNonce } from "../token/action-link.js";
import { lowerFirst } from "../wording/sentences.js";
import { type Act, type Acted, actOnIncident, whatHinders } from "./act-on-incident.js";
import { type Ground, incidentUrl, watchedOf } from "./ground.js";
import { linkedEvents } from "./issue-links.js";
import { sayActed, sayRecorded, sayStanding } from "./say-acted.js";
import { moveNumber } from "./say-done.js";

/** What the page behind a link says. */
export type LinkPage =
  /** The link is not ours, or has expired. */
  | {
      readonly kind: "void";
      readonly said: string;
      readonly expired: boolean;
      /** Where the incident it was about is shown. */
      readonly pageUrl: string | null;
    }
  /** Asks for the press that does it. */
  | {
      readonly kind: "ask";
      readonly incident: number;
      readonly title: string;
      readonly said: string;
      readonly event: PersonalEvent;
      readonly actor: string;
      readonly revision: number;
      readonly nonce: string;
    }
  /** Says what came of it, or why nothing can. */
  | {
      readonly kind: "told";
      readonly incident: number;
      readonly title: string;
      readonly said: string;
      readonly pageUrl: string | null;
      /** The number of the move on the incident's timeline, when this press has done it; null: it has not. */
      readonly done: number | null;
    };

/** What a form of such a page brings. */
export interface LinkForm {
  readonly revision: number;
  readonly nonce: string;
}

/** The page behind a link; changes nothing. `done`: the number of the move that the link's press has just made. */
export function openLink(ground: Ground, token: string, done: number | null = null): LinkPage {
  const known = knownLink(ground, token);
  if ("kind" in known) return known;
  const own = done === null ? null : ownMove(ground, known, done);
  if (own !== null) return recorded(ground, known, own);
  const { row, act } = known;
  const hindered = whatHinders(ground, act);
  if (hindered !== null && hindered.outcome !== "stale") return told(ground, known, hindered);
  const moved = hindered === null ? "" : "It has moved since the message was sent. ";
  return ask(ground, known, `${moved}It is: ${lowerFirst(sayStanding(ground, row))}`);
}

/** Does what the link says, when the form comes from its page; where it has moved since the page was shown, asks again. */
export function pressLink(ground: Ground, token: string, form: LinkForm): LinkPage {
  const known = knownLink(ground, token);
  if ("kind" in known) return known;
  if (!nonceHolds(known.key, { ...form, token }, ground.clock.now()))
    return ask(ground, known, "The page had been open for long, so nothing was changed. Press again.");
  const act = { ...known.act, revision: form.revision };
  const acted = actOnIncident(ground, act);
  return acted.outcome === "stale"
    ? ask(ground, known, sayActed(ground, act, acted))
    : told(ground, known, acted);
}

/** True for a link that we signed and that has not expired. */
export function isGoodLink({ register, clock }: Ground, token: string): boolean {
  return register.links !== undefined && readLink(token, register.links.keys.good(), clock.now()).ok;
}

interface KnownLink {
  readonly token: string;
  readonly key: LinkKey;
  readonly row: IncidentRow;
  readonly act: Act;
}

function knownLink(ground: Ground, token: string): KnownLink | LinkPage {
  const { links } = ground.register;
  if (links === undefined) return notOurs;
  const read = readLink(token, links.keys.good(), ground.clock.now());
  if (!read.ok)
    return read.why === "expired"
      ? { ...expired, pageUrl: incidentUrl(ground.register, read.link.incident) }
      : notOurs;
  const act = actOf(read.link);
  const row = ground.store.incidents.get(read.link.incident);
  return act === null || row === null ? notOurs : { token, key: read.key, row, act };
}

/** null: what a link of another version may have allowed, none may now. */
function actOf({ incident, action, recipient, revision }: ActionLink): Act | null {
  const event = linkedEvents.find((each) => each === action);
  if (event === undefined) return null;
  return { incident, event, who: `link issued to ${recipient}`, why: null, cause: null, revision };
}

const notOurs: LinkPage = {
  kind: "void",
  expired: false,
  pageUrl: null,
  said: "This link is not one of ours, or is cut off. Copy the whole address from the message.",
};

const expired = {
  kind: "void" as const,
  expired: true,
  said: "This link has expired: it is good for three days. Nothing was changed. The incident's page does the same.",
};

function ask(ground: Ground, { token, key, act, row }: KnownLink, said: string): LinkPage {
  const { revision } = ground.store.incidents.get(row.id) ?? row;
  return {
    kind: "ask",
    incident: row.id,
    title: titleOf(ground, row),
    said,
    event: act.event,
    actor: act.who,
    revision,
    nonce: signNonce(key, token, revision, ground.clock.now()),
  };
}

/** The move of that number, if it is what this link does and it was made by it: a link tells of nothing else. */
function ownMove({ store }: Ground, { act, row }: KnownLink, number: number): IncidentMove | null {
  const move = store.incidents.moves(row.id)[number - 1];
  return move !== undefined && move.event === act.event && move.who === act.who ? move : null;
}

function recorded(ground: Ground, { act, row }: KnownLink, move: IncidentMove): LinkPage {
  return {
    kind: "told",
    incident: row.id,
    title: titleOf(ground, row),
    said: sayRecorded(ground, row, act.event, move),
    pageUrl: incidentUrl(ground.register, row.id),
    done: null,
  };
}

function told(ground: Ground, { act, row }: KnownLink, acted: Acted): LinkPage {
  return {
    kind: "told",
    incident: row.id,
    title: titleOf(ground, row),
    said: sayActed(ground, act, acted),
    pageUrl: incidentUrl(ground.register, row.id),
    done: acted.outcome === "done" ? moveNumber(ground, row.id, { who: act.who, events: [act.event] }) : null,
  };
}

function titleOf({ register }: Ground, row: IncidentRow): string {
  const name = watchedOf(register, row.automation)?.entry.title ?? row.automation;
  return row.title.startsWith(name) ? row.title : `${name}: ${lowerFirst(row.title)}`;
}
