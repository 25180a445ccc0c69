/** @jsxImportSource hono/jsx */
import type { Digest, DigestJudging, DigestOutput, DigestSection } from "../domain/digest.js";
import { Line } from "./email-digest-line.js";
import { judgeAddress, judgeButtons } from "./email-digest-text.js";
import { MailPage, Row, Table } from "./email-parts.js";
import { ink, mono, sans, small } from "./email-styles.js";
import type { IncidentMessage } from "./message.js";

/** Gmail shows the first 102 kB of a mail and hides what comes after, buttons and all. */
const largestBytes = 100_000;

/**
 * The HTML part of a digest: tables with inlined styles, 600 px, no images, nothing fetched, every text escaped. Where texts
 * are so long that a mail program would cut it, fewer lines are shown; what is to be judged is always there.
 */
export function renderDigestHtml(message: IncidentMessage, digest: Digest): string {
  const render = (lines: number, sectionLines: number) =>
    page(message, {
      ...digest,
      lines: digest.lines.slice(0, lines),
      moreLines:
        lines < digest.lines.length
          ? "and more, all of them in the text part of this mail"
          : digest.moreLines,
      sections: digest.sections.map((each) => ({ ...each, lines: each.lines.slice(0, sectionLines) })),
    });
  const whole = render(digest.lines.length, Number.POSITIVE_INFINITY);
  if (Buffer.byteLength(whole) <= largestBytes) return whole;
  const shorter = render(5, 2);
  return Buffer.byteLength(shorter) <= largestBytes ? shorter : render(1, 0);
}

function page(message: IncidentMessage, digest: Digest): string {
  return `<!doctype html>\n${String(
    <MailPage title={digest.subject} preview={digest.intro.join(" ")}>
      <Head message={message} digest={digest} />
      {digest.judging.map((judging) => (
        <Judging judging={judging} />
      ))}
      <Lines digest={digest} />
      {digest.sections.map((section) => (
        <Section section={section} />
      ))}
      <Foot digest={digest} />
    </MailPage>,
  )}\n`;
}

function Head({ message, digest }: { message: IncidentMessage; digest: Digest }) {
  return (
    <Row top={22}>
      <p class="s" style={`${small}margin:0 0 6px;`}>
        <b class="i" style="color:#17202b;">
          ⊖ Evenkeel
        </b>{" "}
        · {message.instance} · {message.when}
      </p>
      <h1 class="i" style={`${ink}font-size:22px;line-height:29px;margin:0 0 6px;`}>
        {digest.headline}
      </h1>
      {digest.intro.map((line) => (
        <p class="s" style={`${small}font-size:14px;margin:0 0 4px;`}>
          {line}
        </p>
      ))}
    </Row>
  );
}

function Title({ text }: { text: string }) {
  return (
    <h2 class="i" style={`${ink}font-size:16px;line-height:23px;margin:0 0 4px;`}>
      {text}
    </h2>
  );
}

function Judging({ judging: { title, question, outputs } }: { judging: DigestJudging }) {
  return (
    <Row top={24}>
      <Title text={`${title}: ${question}`} />
      {outputs.map((output) => (
        <Output output={output} />
      ))}
    </Row>
  );
}

function Output({ output }: { output: DigestOutput }) {
  const { link } = output;
  return (
    <>
      <p class="i" style={`${ink}font-size:13px;line-height:19px;font-weight:bold;margin:14px 0 4px;`}>
        {output.label}
      </p>
      {output.input !== null && (
        <p class="s" style={`${small}margin:0 0 6px;white-space:pre-wrap;`}>
          {output.input}
        </p>
      )}
      <pre
        class="w"
        style={`${mono}background:#f4f6f8;color:#17202b;margin:0;padding:10px 14px;font-size:13px;line-height:20px;white-space:pre-wrap;word-break:break-word;`}
      >
        {output.text}
      </pre>
      {link === null ? (
        <p class="s" style={`${small}margin:6px 0 0;`}>
          {"On the machine it runs on: "}
          <code class="i" style={`${mono}color:#17202b;font-size:13px;`}>
            {`evenkeel judge ${output.spotCheck}`}
          </code>
        </p>
      ) : (
        <Buttons link={link} />
      )}
    </>
  );
}

/** Each opens the page that asks to confirm; none records by itself. */
function Buttons({ link }: { link: string }) {
  return (
    <Table style="margin:8px 0 0;">
      <tr>
        {judgeButtons.map(({ answer, label }) => (
          <td
            align="center"
            width="33%"
            class="w r"
            style="border:1px solid #8794a1;border-radius:5px;background:#ffffff;"
          >
            <a
              href={judgeAddress(link, answer)}
              class="i"
              style={`${sans}display:block;padding:11px 4px;font-size:15px;line-height:20px;font-weight:bold;color:#17202b;text-decoration:none;`}
            >
              {label}
            </a>
          </td>
        ))}
      </tr>
    </Table>
  );
}

function Lines({ digest: { lines, moreLines } }: { digest: Digest }) {
  if (lines.length === 0) return null;
  return (
    <Row top={26}>
      <Title text="How everything stands" />
      <Table>
        {lines.map((line) => (
          <Line line={line} />
        ))}
      </Table>
      {moreLines !== null && (
        <p class="s" style={`${small}margin:8px 0 0;`}>
          {moreLines}
        </p>
      )}
    </Row>
  );
}

function Section({ section: { title, lines, more } }: { section: DigestSection }) {
  return (
    <Row top={22}>
      <Title text={title} />
      {lines.map((line) => (
        <p class="i" style={`${ink}font-size:14px;line-height:21px;margin:0 0 3px;`}>
          {line}
        </p>
      ))}
      {more !== null && (
        <p class="s" style={`${small}margin:0;`}>
          {more}
        </p>
      )}
    </Row>
  );
}

function Foot({ digest: { close, url, stopUrl, lines } }: { digest: Digest }) {
  return (
    <tr>
      <td style="padding:26px 24px 40px;">
        <p class="s r" style={`${small}margin:0;border-top:1px solid #d6dce2;padding-top:12px;`}>
          {url !== null && lines.length > 0 && (
            <>
              <a class="l" href={url} style="color:#0a5788;">
                All of it, as a page
              </a>
              <br />
            </>
          )}
          {close}
          {stopUrl !== null && (
            <>
              <br />
              <a class="l" href={stopUrl} style="color:#0a5788;">
                Stop this mail
              </a>
            </>
          )}
        </p>
      </td>
    </tr>
  );
}
