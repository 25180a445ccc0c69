import { signLink } from "../../src/token/action-link.js";
import type { House } from "./house.js";
import { linksIn, mailsOf } from "./mail.js";

/** A page: what a person calls it, where it is, and the status it answers with. */
export interface NamedPage {
  readonly name: string;
  readonly path: string;
  readonly status: number;
}

/** The automation whose outputs are hostile. */
export const hostileAutomation = "replies";

/** Every page there is. */
export function everyPage(house: House): readonly NamedPage[] {
  const { store, register } = house.daemon.ground();
  const ok = (name: string, path: string): NamedPage => ({ name, path, status: 200 });
  const ofAutomations = register.automations.flatMap(({ entry: { id } }) =>
    ["email-drafting", "quotes", hostileAutomation, "notes"].includes(id)
      ? [ok(`automation ${id}`, `/a/${id}`), ok(`review of ${id}`, `/review/${id}`)]
      : [],
  );
  const incidents = store.incidents
    .list(20)
    .map((each) => ok(`incident ${each.id} of ${each.automation}`, `/i/${each.id}`));
  return [
    ok("overview", "/"),
    ...ofAutomations,
    ...incidents,
    ok("register", "/register"),
    ok("messages", "/messages"),
    ok("reviews", "/reviews"),
    ok("governance", "/governance"),
    ok("spot-check queue", "/spot-checks"),
    ...spotChecks(house).map(({ id, automation }) =>
      ok(`spot check ${id} of ${automation}`, `/spot-checks/${id}`),
    ),
    ok("report a problem", "/report/support-triage"),
    ...behindLinks(house),
    { name: "nowhere", path: "/nowhere", status: 404 },
    { name: "no such incident", path: "/i/999", status: 404 },
    { name: "no such link", path: "/act/abc.def", status: 404 },
    { name: "no such judging link", path: "/act/judge/abc.def", status: 404 },
  ];
}

/** Of each automation two that wait, all of the hostile one, and one that was judged. */
function spotChecks(house: House) {
  const { store } = house.daemon.ground();
  const [judged] = store.spotChecks.waiting("email-drafting", 0);
  return [
    ...store.spotChecks.waiting(hostileAutomation, 0),
    ...store.spotChecks.waiting("support-triage", 0).slice(0, 2),
    ...(judged === undefined ? [] : [judged]),
  ];
}

/** What stands behind the links of the mails that went out, one of each kind; and one that has expired. */
function behindLinks(house: House): readonly NamedPage[] {
  const paths = mailsOf(house.smtp)
    .flatMap(({ html }) => linksIn(html))
    .map((link) => new URL(link).pathname);
  const one = (name: string, pattern: RegExp): NamedPage => {
    // the newest: those of last week have expired
    const path = paths.findLast((each) => pattern.test(each));
    if (path === undefined) throw new Error(`no mail has a link to ${name}`);
    return { name: `behind a mail's link: ${name}`, path, status: 200 };
  };
  return [
    one("judge", /^\/act\/judge\//),
    one("report", /^\/act\/report\//),
    one("act", /^\/act\/[^/]+$/),
    { name: "behind an expired link", path: `/act/${expiredToken(house)}`, status: 410 },
  ];
}

function expiredToken(house: House): string {
  const { register, clock, store } = house.daemon.ground();
  const [incident] = store.incidents.open();
  if (register.links === undefined || incident === undefined) throw new Error("no links are made");
  return signLink(register.links.keys.signing(), {
    ...{ incident: incident.id, action: "acknowledge", revision: incident.revision },
    ...{ expiresAt: clock.now() - 1_000, recipient: "ops@example.com" },
  });
}
