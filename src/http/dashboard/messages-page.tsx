import type { Ground } from "../../flow/ground.js";
import { excerpt } from "../../text/excerpt.js";
import { sayCount } from "../../wording/numbers.js";
import { sayInstant, sayZone } from "../../wording/times.js";
import { Layout } from "./layout.js";

/** Messages shown of each state, the newest. */
const shown = 50;
/** Longest reason shown; receivers write what they like. */
const reasonLength = 200;

/** What someone may have to do something about comes first. */
const parts = [
  { title: "Undeliverable", states: ["dead"] },
  { title: "Waiting", states: ["sending", "ambiguous", "pending"] },
  { title: "Sent", states: ["sent"] },
  { title: "Told together with others", states: ["superseded"] },
] as const;

/** What is owed to people, what never arrived, and what was sent. */
export function messagesPage({ store, register, clock }: Ground) {
  const now = clock.now();
  const say = (at: number) => sayInstant(at, register.timeZone, now);
  const { waiting, undeliverable } = store.outbox.tally();
  const headline = `${sayCount(waiting, "message")} waiting, ${undeliverable} undeliverable`;
  return (
    <Layout
      title={`${headline} · Evenkeel`}
      instance={register.name}
      foot={`Page made ${say(now)}. Times are ${sayZone(register.timeZone)}.`}
    >
      <h1>{headline}</h1>
      {undeliverable === 0 ? null : (
        <p>
          {"Once the channel is in order: "}
          <code>evenkeel outbox retry --all-dead</code>
        </p>
      )}
      {parts.map(({ title, states }) => {
        const messages = states.flatMap((state) => store.outbox.listed(state, shown));
        if (messages.length === 0) return null;
        return (
          <section class="full">
            <h2>{title}</h2>
            <table class="fold">
              <thead>
                <tr>
                  <th scope="col">Message</th>
                  <th scope="col">Channel</th>
                  <th scope="col">Owed since</th>
                  <th scope="col">State</th>
                </tr>
              </thead>
              <tbody>
                {messages.map((each) => (
                  <tr>
                    <td>
                      {each.incident === null ? (
                        each.headline
                      ) : (
                        <a href={`/i/${each.incident}`}>{`Incident ${each.incident}`}</a>
                      )}
                      {each.incident === null ? null : ` ${each.kind}: ${each.headline}`}
                    </td>
                    <td data-h="Channel">{each.channel}</td>
                    <td data-h="Owed since">{say(each.createdAt)}</td>
                    <td data-h="State">
                      {each.sentAt === null ? each.state : `sent ${say(each.sentAt)}`}
                      {each.lastError === null ? null : (
                        <small>{` ${excerpt(each.lastError, reasonLength)}`}</small>
                      )}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        );
      })}
    </Layout>
  );
}
