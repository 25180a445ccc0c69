import type { Ground, Watched } from "../../flow/ground.js";
import { findingOf } from "../../flow/report-problem.js";
import { excerpt } from "../../text/excerpt.js";
import { sayInstant } from "../../wording/times.js";

/** Reports shown; the command line lists the rest. */
const shown = 50;

/** What people saw and nobody has settled, and where to say more. */
export function OpenReports({ ground, watched }: { ground: Ground; watched: Watched }) {
  const { id, timeZone } = watched.entry;
  const all = ground.store.reports.open(id);
  const now = ground.clock.now();
  return (
    <section id="reports">
      <h2>Reports from people</h2>
      <div class="body">
        {all.length === 0 ? <p class="soft">None waits to be settled.</p> : null}
        <ul class="log">
          {all.slice(-shown).map((report) => (
            <li>
              <time datetime={new Date(report.seenAt).toISOString()}>
                {sayInstant(report.seenAt, timeZone, now)}
              </time>
              <span>
                {`Report ${report.id}, ${excerpt(report.who, 100)}${report.output === null ? "" : `, output ${excerpt(report.output, 100)}`}: ${excerpt(report.what, 2_000)}`}
                {incidentOf(ground, report)}
              </span>
            </li>
          ))}
        </ul>
        {all.length === 0 ? null : (
          <>
            <p class="small soft">To settle one, in a terminal on this computer:</p>
            <pre>{`evenkeel reports settle ${all[0]?.id ?? ""} --as confirmed|not-a-problem --why "..."`}</pre>
          </>
        )}
        <p>
          <a href={`/report/${id}`}>Report something odd about this automation</a>
        </p>
      </div>
    </section>
  );
}

function incidentOf(ground: Ground, report: Parameters<typeof findingOf>[1]) {
  const open = ground.store.incidents.openOf(report.automation, "outputs");
  if (open === null || findingOf(ground, report)?.incident !== open.id) return null;
  return (
    <>
      {" "}
      <a href={`/i/${open.id}`}>{`Incident ${open.id}`}</a>
    </>
  );
}
