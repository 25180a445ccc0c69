import type { Proposer } from "./proposal.js";

/** What is worth asking of any automation, where it has held so far. */
export const proposeUsual: Proposer = () => {
  return [
    {
      settings: { id: "answer-came", type: "not-empty" },
      because: "An empty answer helps nobody.",
      ofForm: true,
    },
    {
      settings: { id: "no-refusal", type: "refusal" },
      because: "A model that starts to decline is seen here first.",
    },
    {
      settings: { id: "no-template-leak", type: "no-template-leak" },
      because: "Placeholders and pieces of the prompt are seen here.",
    },
  ];
};
