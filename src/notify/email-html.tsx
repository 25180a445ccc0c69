/** @jsxImportSource hono/jsx */
import { Actions, ByHand, Examples, Facts, MailPage, Row } from "./email-parts.js";
import { ink, sans, small, tones } from "./email-styles.js";
import { Trend } from "./email-trend.js";
import { type IncidentMessage, newsLinesOf, reportLabel, shownFacts, toneOf, topLineOf } from "./message.js";
import { stateBesideNews } from "./state-beside-news.js";

/** The HTML part: tables with inlined styles, 600 px, no images, nothing fetched, every text escaped. */
export function renderEmailHtml(message: IncidentMessage, title: string, why: string): string {
  return `<!doctype html>\n${String(<Page message={message} title={title} why={why} />)}\n`;
}

function Page({ message, title, why }: { message: IncidentMessage; title: string; why: string }) {
  return (
    <MailPage title={title} preview={message.alert}>
      <Body message={message} why={why} />
    </MailPage>
  );
}

function Body({ message, why }: { message: IncidentMessage; why: string }) {
  const shown = shownFacts(message);
  return (
    <>
      <Head message={message} />
      <News message={message} />
      <Facts message={shown} />
      <ByHand message={shown} />
      <Actions message={message} />
      <Trend message={shown} />
      <Examples message={shown} />
      <Foot message={message} why={why} />
    </>
  );
}

function Head({ message }: { message: IncidentMessage }) {
  const { incident, instance, when } = message;
  return (
    <Row top={22}>
      <p class="s" style={`${small}margin:0 0 6px;`}>
        <b class="i" style="color:#17202b;">
          ⊖ Evenkeel
        </b>{" "}
        · {instance} · {when}
      </p>
      {incident !== null && <State message={message} />}
      <h1 class="i" style={`${ink}font-size:22px;line-height:29px;margin:0 0 6px;`}>
        {topLineOf(message)}
      </h1>
    </Row>
  );
}

const classes = { bad: "incident", unknown: "blind", good: "steady", plain: "steady" } as const;

function State({ message }: { message: IncidentMessage }) {
  const { incident } = message;
  if (incident === null) return null;
  const tone = classes[toneOf(message)];
  return (
    <p
      class={tone}
      style={`${sans}color:${tones[tone].color};font-size:14px;line-height:20px;font-weight:bold;margin:10px 0 2px;`}
    >
      {`${tones[tone].mark} Incident ${incident.id}, ${incident.statusWord}`}
    </p>
  );
}

function News({ message }: { message: IncidentMessage }) {
  const lines = newsLinesOf(message);
  const state = stateBesideNews(message);
  if (lines.length === 0) return null;
  return (
    <Row top={8}>
      {lines.map((line) => (
        <p class="i" style={`${ink}font-size:15px;line-height:22px;margin:0 0 6px;`}>
          {line}
        </p>
      ))}
      {state !== null && (
        <p class="s" style={`${small}margin:0;`}>
          {state}
        </p>
      )}
    </Row>
  );
}

function Foot({ message, why }: { message: IncidentMessage; why: string }) {
  return (
    <tr>
      <td style="padding:26px 24px 40px;">
        <p class="s r" style={`${small}margin:0;border-top:1px solid #d6dce2;padding-top:12px;`}>
          {message.reportUrl !== undefined && (
            <>
              <a class="s" href={message.reportUrl} style="color:#4d5966;text-decoration:underline;">
                {reportLabel}
              </a>
              <br />
            </>
          )}
          {message.smallPrint}
          <br />
          {why}
        </p>
      </td>
    </tr>
  );
}
