/** @jsxImportSource hono/jsx */
import type { Child } from "hono/jsx";
import { upperFirst } from "../wording/sentences.js";
import { darkRules, ink, mono, sans, small, soft } from "./email-styles.js";
import {
  type IncidentMessage,
  labelsOf,
  linksOf,
  linksOnlyAsk,
  type MessageExample,
  openLabelOf,
  purposeOf,
} from "./message.js";
import { untilWithName } from "./plain.js";
import { cutLines } from "./trim-text.js";

const excerptLines = 8;
const excerptMax = 600;

/** A table for layout only. */
export function Table(props: { class?: string; width?: string; style?: string; children: Child }) {
  return (
    <table
      role="presentation"
      class={props.class}
      width={props.width ?? "100%"}
      cellpadding="0"
      cellspacing="0"
      border={0}
      style={props.style}
    >
      {props.children}
    </table>
  );
}

/** The whole mail around its parts; `preview` is what lists show beside the subject. */
export function MailPage({ title, preview, children }: { title: string; preview: string; children: Child }) {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <title>{title}</title>
        <style>{darkRules}</style>
      </head>
      <body class="bg" style="margin:0;padding:0;background:#ffffff;">
        <div style="display:none;max-height:0;overflow:hidden;">{preview}</div>
        <Table class="bg" style="background:#ffffff;">
          <tr>
            <td align="center">
              <Table
                class="page"
                width="600"
                style="width:600px;max-width:100%;word-break:break-word;overflow-wrap:anywhere;"
              >
                {children}
              </Table>
            </td>
          </tr>
        </Table>
      </body>
    </html>
  );
}

/** One part of the mail. */
export function Row({ top, children }: { top: number; children: Child }) {
  return (
    <tr>
      <td style={`padding:${top}px 24px 0;`}>{children}</td>
    </tr>
  );
}

/** Since, how sure, until: a label and what belongs to it. */
export function Facts({ message }: { message: IncidentMessage }) {
  const rows = [
    { label: "Since", lines: message.since },
    { label: labelsOf(message).sure, lines: message.howSure },
    { label: "Until", lines: untilWithName(message) },
    { label: "Also", lines: message.facts },
  ].filter(({ lines }) => lines.length > 0);
  if (rows.length === 0) return null;
  return (
    <Row top={8}>
      <Table>
        {rows.map(({ label, lines }) => (
          <tr>
            <td
              class="s"
              width="84"
              style={`${soft}width:84px;font-size:14px;line-height:21px;padding:5px 12px 5px 0;vertical-align:top;`}
            >
              {label}
            </td>
            <td class="i" style={`${ink}font-size:15px;line-height:21px;padding:5px 0;vertical-align:top;`}>
              {lines.map((line, index) => (index === 0 ? <b>{upperFirst(line)}</b> : <Second line={line} />))}
            </td>
          </tr>
        ))}
      </Table>
    </Row>
  );
}

function Second({ line }: { line: string }) {
  return (
    <span class="s" style={small}>
      <br />
      {upperFirst(line)}
    </span>
  );
}

/** What people do meanwhile. */
export function ByHand({ message }: { message: IncidentMessage }) {
  if (message.byHand === null) return null;
  const { intro, steps } = message.byHand;
  return (
    <Row top={20}>
      <Table>
        <tr>
          <td class="h" style="border-left:3px solid #17202b;padding:2px 0 2px 16px;">
            <h2 class="i" style={`${ink}font-size:16px;line-height:23px;margin:0 0 4px;`}>
              {labelsOf(message).hand}
            </h2>
            <Table>
              {steps.map((step, index) => (
                <tr>
                  <td
                    class="i"
                    width="22"
                    style={`${ink}width:22px;font-size:15px;line-height:22px;padding:3px 0;vertical-align:top;`}
                  >
                    {`${index + 1}.`}
                  </td>
                  <td class="i" style={`${ink}font-size:15px;line-height:22px;padding:3px 0;`}>
                    {step}
                  </td>
                </tr>
              ))}
            </Table>
            {intro !== "" && (
              <p class="s" style={`${small}margin:4px 0 0;`}>
                {intro}
              </p>
            )}
          </td>
        </tr>
      </Table>
    </Row>
  );
}

/** The page's button, and the command that records. */
export function Actions({ message }: { message: IncidentMessage }) {
  const { url, commands } = message;
  const links = linksOf(message);
  if (url === null && commands.length === 0) return null;
  return (
    <Row top={20}>
      {links.map(({ label, link }) => (
        <p style={`${small}margin:0 0 10px;font-size:15px;`}>
          <a class="i" href={link} style={`${ink}font-weight:bold;text-decoration:underline;`}>
            {label}
          </a>
        </p>
      ))}
      {url !== null && (
        <table role="presentation" cellpadding="0" cellspacing="0" border={0}>
          <tr>
            <td class="go" align="center" style="background:#0a5788;border-radius:5px;">
              <a
                class="gol"
                href={url}
                style={`${sans}display:block;padding:12px 22px;font-size:15px;line-height:20px;font-weight:bold;color:#ffffff;text-decoration:none;`}
              >
                {openLabelOf(message)}
              </a>
            </td>
          </tr>
        </table>
      )}
      {commands.map((command) => (
        <p class="s" style={`${small}margin:8px 0 0;`}>
          {`${links.length > 0 ? `${linksOnlyAsk} ` : url === null ? "" : "The link only shows. "}${purposeOf(message)}, on the machine it runs on: `}
          <code class="i" style={`${mono}color:#17202b;font-size:13px;`}>
            {command}
          </code>
        </p>
      ))}
    </Row>
  );
}

/** Outputs that show it. */
export function Examples({ message: { examples } }: { message: IncidentMessage }) {
  if (examples.length === 0) return null;
  return (
    <Row top={26}>
      <h2 class="i" style={`${ink}font-size:16px;line-height:23px;margin:0 0 2px;`}>
        Examples
      </h2>
      {examples.map((example) => (
        <Example example={example} />
      ))}
    </Row>
  );
}

function Example({ example }: { example: MessageExample }) {
  const tone =
    example.kind === "wrong" ? { class: "incident", color: "#a8201a" } : { class: "s", color: "#4d5966" };
  const excerpt = cutLines(example.excerpt, excerptLines, excerptMax);
  return (
    <>
      <p class="s" style={`${small}margin:12px 0 4px;`}>
        <b class="i" style="color:#17202b;">{`${example.label}: ${example.id}`}</b>
        {`, ${example.when}`}
      </p>
      {excerpt !== "" && (
        <pre
          class="w"
          style={`${mono}background:#f4f6f8;color:#17202b;margin:0;padding:10px 14px;font-size:13px;line-height:20px;white-space:pre-wrap;word-break:break-word;`}
        >
          {excerpt}
        </pre>
      )}
      {example.reason !== "" && (
        <p
          class={tone.class}
          style={`${sans}color:${tone.color};font-size:13px;line-height:19px;margin:4px 0 0;`}
        >
          {example.reason}
        </p>
      )}
    </>
  );
}
