import type { Ground } from "../../flow/ground.js";
import { type Hit, type Impact, impactOf } from "../../flow/register/impact.js";
import { type RegisterEntry, registerEntries } from "../../flow/register/register-entries.js";
import {
  type Filter,
  filterGroups,
  linkOf,
  matching,
  sayFilter,
} from "../../flow/register/register-filter.js";
import { sayTies, sayWorkAWeek } from "../../flow/register/say-impact.js";
import { thingsOf } from "../../flow/register/things.js";
import { excerpt } from "../../text/excerpt.js";
import { sayCount } from "../../wording/numbers.js";
import { sayList, sayListUpTo, upperFirst } from "../../wording/sentences.js";
import { sayDay, sayInstant, sayZone } from "../../wording/times.js";
import { Layout } from "./layout.js";
import { UnregisteredActivity } from "./register-unregistered.js";

/** Entries on one page, and things of the table below. */
const perPage = 40;
const thingsShown = 20;
const longestWords = 90;

/** The register: every entry with how complete it is, what is rested on, and what nobody registered. */
export function registerPage(ground: Ground, filter: Filter, pageAsked: number) {
  const { register, clock } = ground;
  const now = clock.now();
  const all = registerEntries(ground);
  const impact = filter.on === null ? null : impactOf(ground, filter.on);
  const found = matching(all, filter, impact?.hits.map(({ entry }) => entry.id) ?? []);
  const pages = Math.max(1, Math.ceil(found.length / perPage));
  const page = Math.min(Math.max(1, pageAsked), pages);
  const headline = headOf(all);
  return (
    <Layout
      title={`${headline} · Evenkeel`}
      instance={register.name}
      foot={`Page made ${sayInstant(now, register.timeZone, now)}. Times are ${sayZone(register.timeZone)}.`}
    >
      <h1>{headline}</h1>
      <p>{`${upperFirst(sayLacking(all))}.`}</p>
      <form class="act" method="get" action="/register">
        <label for="q">Find</label>
        <input id="q" name="q" value={filter.q ?? ""} />
        <button type="submit">Find</button>
        <a class="btn" href="/register.csv">
          CSV
        </a>
        <a class="btn" href="/register.md">
          Markdown
        </a>
      </form>
      <Filters all={all} />
      {impact === null ? null : <ImpactOf impact={impact} />}
      <section class="full">
        <h2>
          {sayFilter(filter) === null
            ? "What runs here"
            : `${sayCount(found.length, "entry", "entries")} ${sayFilter(filter)}`}
        </h2>
        {sayFilter(filter) === null ? null : (
          <p>
            <a href="/register">Show all</a>
          </p>
        )}
        {found.length === 0 ? (
          <p class="soft">No entry is like that.</p>
        ) : (
          <Entries found={found.slice((page - 1) * perPage, page * perPage)} />
        )}
        {pages === 1 ? null : (
          <nav class="line" aria-label="Pages">
            {Array.from({ length: pages }, (_, index) => index + 1).map((number) =>
              number === page ? (
                <b aria-current="page">{`Page ${number}`}</b>
              ) : (
                <a href={linkOf(filter, number)}>{`Page ${number}`}</a>
              ),
            )}
          </nav>
        )}
      </section>
      <UnregisteredActivity ground={ground} />
      {impact === null ? <Things ground={ground} /> : null}
    </Layout>
  );
}

/** "Register: 8 automations, 5 complete". */
function headOf(all: readonly RegisterEntry[]): string {
  const complete = all.filter(({ completeness }) => completeness.missing.length === 0).length;
  return `Register: ${sayCount(all.length, "automation")}, ${complete} complete`;
}

function sayLacking(all: readonly RegisterEntry[]): string {
  const groups = filterGroups(all).missing.map(({ words, count }) => `${count} ${words}`);
  return groups.length === 0 ? "nothing is missing" : sayList(groups);
}

function Filters({ all }: { all: readonly RegisterEntry[] }) {
  const { risk, missing } = filterGroups(all);
  return (
    <p class="line">
      {[...risk, ...missing].map(({ words, count, link }) => (
        <a href={link}>{`${upperFirst(words)} (${count})`}</a>
      ))}
    </p>
  );
}

function Entries({ found }: { found: readonly RegisterEntry[] }) {
  return (
    <table class="fold">
      <thead>
        <tr>
          <th scope="col">Automation</th>
          <th scope="col">Owner</th>
          <th scope="col">Vendor, model</th>
          <th scope="col">Risk</th>
          <th scope="col">Approval</th>
          <th scope="col">Review due</th>
          <th scope="col">Complete</th>
        </tr>
      </thead>
      <tbody>{found.map(row)}</tbody>
    </table>
  );
}

function row({ entry, completeness, reviewDueOn, reviewedOn, watched }: RegisterEntry) {
  const { vendor, model, approval } = entry;
  return (
    <tr>
      <td>
        <a href={`/a/${entry.id}`}>{entry.title}</a>
        {watched ? "" : <span class="tag">listed only</span>}
        <small>{excerpt(entry.does, longestWords)}</small>
      </td>
      <td data-h="Owner">
        {entry.owner}
        <small>{entry.deputy === null ? "no deputy" : `deputy ${entry.deputy}`}</small>
      </td>
      <td data-h="Vendor">
        {excerpt(vendor ?? "not stated", longestWords)}
        {model === null ? "" : <small>{excerpt(model, longestWords)}</small>}
      </td>
      <td data-h="Risk">{upperFirst(entry.risk)}</td>
      <td data-h="Approval">{upperFirst(approval.status.replace("-", " "))}</td>
      <td data-h="Review due" class="nb">
        <a href={`/review/${entry.id}`}>{sayDay(reviewDueOn)}</a>
        {reviewedOn === null ? <small>never reviewed</small> : ""}
      </td>
      <td data-h="Complete">
        {`${completeness.done} of ${completeness.of}`}
        <small>
          {sayListUpTo(
            completeness.missing.map(({ words }) => words),
            3,
          ).replace(/^nothing$/, "")}
        </small>
      </td>
    </tr>
  );
}

function ImpactOf({ impact }: { impact: Impact }) {
  const { name, hits, people, withoutFallback } = impact;
  const work = sayWorkAWeek(impact);
  return (
    <section class="full" id="impact">
      <h2>{`If ${name} goes down`}</h2>
      <p>{`It hits ${sayListUpTo(people, 8)}.${work === null ? "" : ` ${upperFirst(work)}.`}`}</p>
      {withoutFallback.length === 0 ? null : (
        <p>{`Nothing is written down for ${sayListUpTo(withoutFallback, 8)}.`}</p>
      )}
      <ul>{hits.slice(0, thingsShown).map((hit) => hitItem(hit, name))}</ul>
      {hits.length > thingsShown ? (
        <p class="soft">{`and ${hits.length - thingsShown} more; evenkeel impact lists them all`}</p>
      ) : null}
    </section>
  );
}

function hitItem({ entry, ties, through, fallbackNeedsIt }: Hit, thing: string) {
  const way = through.length === 0 ? sayTies(ties) : `through ${sayList(through)}`;
  const steps = entry.fallback?.steps.join(" ") ?? "no fallback";
  return (
    <li>
      <a href={`/a/${entry.id}`}>{entry.title}</a>
      {` (${way}): ${excerpt(steps, 160)}`}
      {fallbackNeedsIt ? <strong>{` These steps name ${thing}: they may not work.`}</strong> : ""}
    </li>
  );
}

function Things({ ground }: { ground: Ground }) {
  const things = thingsOf(ground).slice(0, thingsShown);
  if (things.length === 0) return null;
  return (
    <section class="full">
      <h2>What breaks when something goes down</h2>
      <ul>
        {things.map(({ name, users, ties }) => (
          <li>
            <a href={linkOf({ on: name }, 1)}>{excerpt(name, longestWords)}</a>
            {`, ${sayTies(ties)}: ${sayCount(users.length, "automation")}`}
          </li>
        ))}
      </ul>
    </section>
  );
}
