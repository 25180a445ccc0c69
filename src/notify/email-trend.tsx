/** @jsxImportSource hono/jsx */
import { Row, Table } from "./email-parts.js";
import { ink, small } from "./email-styles.js";
import type { IncidentMessage, MessageTrend } from "./message.js";

const cell = "font-size:12px;line-height:16px;padding:2px 0;white-space:nowrap;";

/** A row for each day: its name, a bar of two table cells, its numbers in words. No picture, nothing to load. */
export function Trend({ message: { trend } }: { message: IncidentMessage }) {
  if (trend === null) return null;
  return (
    <Row top={26}>
      <h2 class="i" style={`${ink}font-size:16px;line-height:23px;margin:0 0 6px;`}>
        {trend.title}
      </h2>
      <Table>
        {trend.bars.map((bar) => (
          <tr>
            <td class="s" width="84" style={`${small}${cell}width:84px;`}>
              {bar.label}
            </td>
            <td style="padding:2px 0;">
              <Bar bar={bar} />
            </td>
            <td class="s" width="92" style={`${small}${cell}width:92px;padding-left:10px;`}>
              {bar.words}
            </td>
          </tr>
        ))}
      </Table>
    </Row>
  );
}

/** From nothing to all; what came since the change has the colour of the incident. */
export function Bar({
  bar: { share, changed },
}: {
  bar: Pick<MessageTrend["bars"][number], "share" | "changed">;
}) {
  const full = Math.round(share * 100);
  const tone = changed ? { class: "bad", color: "#a8201a" } : { class: "pl", color: "#2f4a63" };
  return (
    <Table style="table-layout:fixed;">
      <tr>
        {full > 0 && <Part width={full} name={tone.class} color={tone.color} />}
        {full < 100 && <Part width={100 - full} name="bd" color="#dbe5ee" />}
      </tr>
    </Table>
  );
}

function Part({ width, name, color }: { width: number; name: string; color: string }) {
  return (
    <td
      class={name}
      width={`${width}%`}
      height="10"
      style={`width:${width}%;height:10px;line-height:10px;font-size:1px;background:${color};`}
    >
      &nbsp;
    </td>
  );
}
