import type { Ground } from "../../flow/ground.js";
import { sayInstant, sayZone } from "../../wording/times.js";
import { Layout } from "./layout.js";

/** Incidents listed; the overview has the rest. */
const listed = 50;

/** What a person sees where nothing is: what was looked for, and the open incidents. */
export function missingPage(ground: Ground, headline: string) {
  const { register, clock, store } = ground;
  const now = clock.now();
  const open = store.incidents.open().slice(0, listed);
  const titleOf = (id: string) =>
    register.automations.find(({ entry }) => entry.id === id)?.entry.title ?? `${id} (no longer registered)`;
  return (
    <Layout
      title={`${headline} · Evenkeel`}
      instance={register.name}
      foot={`Page made ${sayInstant(now, register.timeZone, now)}. Times are ${sayZone(register.timeZone)}.`}
    >
      <h1>{headline}</h1>
      <section>
        <h2>Open incidents</h2>
        <div class="body">
          {open.length === 0 ? <p class="soft">None is open.</p> : null}
          <ul>
            {open.map((each) => (
              <li>
                <a href={`/i/${each.id}`}>{`Incident ${each.id}`}</a>
                {`, ${titleOf(each.automation)}: ${each.title}`}
              </li>
            ))}
          </ul>
          <p>
            <a href="/">All automations</a>
          </p>
        </div>
      </section>
    </Layout>
  );
}
