/** A share with its words; the share gives a bar its length. */
export interface DigestTrend {
  /** 0 to 1. */
  readonly share: number;
  readonly words: string;
}

/** How one automation stands, in a line. */
export interface DigestLine {
  readonly title: string;
  /** "Steady", "Incident". */
  readonly state: string;
  readonly mark: string;
  readonly tone: "bad" | "unknown" | "watch" | "good";
  readonly reason: string;
  /** True quality as people judged it; null: nobody has. */
  readonly quality: string | null;
  readonly trend: DigestTrend | null;
  readonly url: string | null;
}

/** An output to judge, as it is stored. Neither why it was picked nor what the checks said. */
export interface DigestOutput {
  /** Number of the spot check. */
  readonly spotCheck: number;
  /** "1 of 3, output of Tue 15:00". */
  readonly label: string;
  readonly input: string | null;
  readonly text: string;
  /** Signed address of the page that asks for one press; null: people have no address to reach it under. */
  readonly link: string | null;
}

/** Outputs of one automation to judge. */
export interface DigestJudging {
  readonly title: string;
  readonly question: string;
  readonly outputs: readonly DigestOutput[];
}

/** A part of the digest: what it is about, its lines, what is left out. */
export interface DigestSection {
  readonly title: string;
  readonly lines: readonly string[];
  /** "and 9,995 more"; null: these are all. */
  readonly more: string | null;
}

/** What one reader is told of one week, in words. */
export interface Digest {
  readonly subject: string;
  readonly headline: string;
  /** What to do first, or all there is to say. */
  readonly intro: readonly string[];
  readonly judging: readonly DigestJudging[];
  readonly lines: readonly DigestLine[];
  /** "and 188 more: 188 steady"; null: these are all. */
  readonly moreLines: string | null;
  readonly sections: readonly DigestSection[];
  /** Why and when the reader gets it. */
  readonly close: string;
  /** Where all of it is shown; null: no address is known. */
  readonly url: string | null;
  /** Where whoever reads it can stop it; null: nowhere. */
  readonly stopUrl: string | null;
}
