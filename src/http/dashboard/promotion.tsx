import type { Ground } from "../../flow/ground.js";
import { promotedAs, whyNotPromoted } from "../../flow/learning/promote.js";
import type { SpotCheckRow } from "../../store/spot-check.js";
import { excerpt } from "../../text/excerpt.js";

/** The offer to make a judged output a known answer, where its automation has a golden set; `who` judged just now. */
export function Promotion({ ground, row, who }: { ground: Ground; row: SpotCheckRow; who: string | null }) {
  const watched = ground.register.automations.find(({ entry }) => entry.id === row.automation);
  if (watched === undefined || watched.golden === null) return null;
  const known = promotedAs(ground, row);
  const why = whyNotPromoted(ground, row);
  return (
    <section aria-label="Known answer">
      <h2>Known answer</h2>
      <div class="body">
        {known === null ? null : (
          <p>{`It is a known answer, “${known.case}”, by ${excerpt(known.who, 100)}.`}</p>
        )}
        {why === null ? (
          <Offer
            ground={ground}
            row={row}
            who={who}
            again={known !== null}
            hides={watched.storeMode !== "full"}
          />
        ) : (
          <p class="small">{why}</p>
        )}
      </div>
    </section>
  );
}

function Offer(props: {
  ground: Ground;
  row: SpotCheckRow;
  who: string | null;
  again: boolean;
  hides: boolean;
}) {
  const { ground, row, who, again, hides } = props;
  const hidden = hides ? " Personal data is hidden in it, and so it is asked." : "";
  return (
    <form method="post" action={`/spot-checks/${row.id}/promote`}>
      <p class="small">
        {`The automation is asked this input in every golden run, and its answer is compared with what was judged right, or with the correction.${hidden} It stays until someone withdraws it, longer than the output itself.`}
      </p>
      {who === null ? (
        <p>
          <label for="promoter">Who you are</label>
          <select id="promoter" name="who" required>
            <option value="">Choose your name</option>
            {[...ground.register.people.keys()].map((name) => (
              <option value={name}>{name}</option>
            ))}
          </select>
        </p>
      ) : (
        <input type="hidden" name="who" value={who} />
      )}
      <p class="act">
        <button type="submit">{again ? "Take it anew as a known answer" : "Make it a known answer"}</button>
      </p>
    </form>
  );
}
