/** What a person can say of an output. */
export const answers = ["right", "wrong", "cannot-tell"] as const;

/** What a person said of an output. */
export type Answer = (typeof answers)[number];

/** A person's word on one output. */
export interface Judgement {
  readonly answer: Answer;
  /** A person's name: whatever way it came, their last word on an output is the one that counts. */
  readonly who: string;
  /** By what way it came: "link issued to …", "Slack"; null: on a page or by a command. */
  readonly via: string | null;
  /** Epoch ms UTC. */
  readonly at: number;
  readonly note: string | null;
  /** What the output should have said. */
  readonly correction: string | null;
}

/** What people together say of an output: they disagree where one says right and another wrong; `open`: nobody could tell. */
export type Truth = "right" | "wrong" | "disagreed" | "open";

/** Why an output was picked for a person to look at. */
const spotReasons = ["random", "disputed", "rare"] as const;

/** Why one was picked. */
export type SpotReason = (typeof spotReasons)[number];

/** An output picked for people to look at. */
export interface SpotCheck {
  /** The output's key in the store. */
  readonly output: number;
  readonly reason: SpotReason;
  /** The reason in words; told after the judgement, so that it does not lead it. */
  readonly why: string;
  /** The probability with which chance picked it from the outputs of its time; null: it was not chance. */
  readonly inclusion: number | null;
}

/** How many people said what. */
export interface AnswerCounts {
  readonly rights: number;
  readonly wrongs: number;
}

/** What they say together; disagreement is shown, never averaged away. */
export function truthOf({ rights, wrongs }: AnswerCounts): Truth {
  if (rights > 0 && wrongs > 0) return "disagreed";
  if (wrongs > 0) return "wrong";
  return rights > 0 ? "right" : "open";
}
