/** @jsxImportSource hono/jsx */
import type { DigestLine } from "../domain/digest.js";
import { ink, sans, small } from "./email-styles.js";
import { Bar } from "./email-trend.js";

const tones = {
  bad: { class: "incident", color: "#a8201a", mark: "◆" },
  unknown: { class: "blind", color: "#6a3d9a", mark: "?" },
  watch: { class: "s", color: "#4d5966", mark: "◉" },
  good: { class: "steady", color: "#27664a", mark: "⊖" },
} as const;

/** How one automation stands: a row with its words, a bar, its state. */
export function Line({ line }: { line: DigestLine }) {
  const tone = tones[line.tone];
  const { url, title, trend } = line;
  return (
    <tr>
      <td class="r" style="border-top:1px solid #d6dce2;padding:9px 12px 9px 0;vertical-align:top;">
        <p class="i" style={`${ink}font-size:15px;line-height:21px;font-weight:bold;margin:0;`}>
          {url === null ? (
            title
          ) : (
            <a class="i" href={url} style="color:#17202b;">
              {title}
            </a>
          )}
        </p>
        {[
          line.reason,
          ...(line.quality === null ? [] : [line.quality]),
          ...(trend === null ? [] : [trend.words]),
        ].map((text) => (
          <p class="s" style={`${small}margin:0;`}>
            {text}
          </p>
        ))}
        {trend !== null && (
          <div style="padding-top:4px;">
            <Bar bar={{ share: trend.share, changed: line.tone === "bad" }} />
          </div>
        )}
      </td>
      <td
        class={`${tone.class} r`}
        width="96"
        align="right"
        style={`${sans}border-top:1px solid #d6dce2;color:${tone.color};width:96px;font-size:14px;line-height:21px;font-weight:bold;padding:9px 0;vertical-align:top;`}
      >
        {`${tone.mark} ${line.state}`}
      </td>
    </tr>
  );
}
