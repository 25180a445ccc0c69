import { type PushAppOptions, pushApp } from "./push-app.js";

/** An app with incident 1 open: a reply that speaks of a refund, which nobody may promise. */
export async function incidentApp(options: Omit<PushAppOptions, "automation"> & { fallback?: object } = {}) {
  const { fallback, ...others } = options;
  const watch = await pushApp({
    ...others,
    automation: {
      risk: "high",
      checks: [{ id: "no-refund", type: "not-contains", any: ["refund"], rule: "zeroTolerance" }],
      fallback: { steps: ["Answer by hand."], by: "Tom Ashby", ...fallback },
    },
  });
  await watch.order({ do: "run", automation: "replies" });
  watch.time.now += 60_000;
  await watch.push(JSON.stringify([{ id: "1", output: "a refund of 40" }]));
  watch.time.now += 60_000;
  await watch.order({ do: "run", automation: "replies" });
  const row = () => {
    const found = watch.ground.store.incidents.get(1);
    if (found === null) throw new Error("no incident was opened");
    return found;
  };
  row();
  return { ...watch, row };
}

/** A page's text, without its markup. */
export function stripped(html: string): string {
  return html.replace(/<[^>]*>/g, " ").replace(/\s+/g, " ");
}
