import type { Child } from "hono/jsx";
import { excerpt } from "../text/excerpt.js";

/** The frame of a page behind a link in a message: it leads nowhere else, and finds its style wherever a proxy puts it. */
export function LinkFrame(props: { instance: string; title: string; style: string; children: Child }) {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>{`${props.title} · Evenkeel`}</title>
        <link rel="stylesheet" href={props.style} />
      </head>
      <body>
        <header class="top">
          <span class="brand">Evenkeel</span>
          <span class="who">{excerpt(props.instance, 100)}</span>
        </header>
        <main id="main">{props.children}</main>
      </body>
    </html>
  );
}

/**
 * First in a form with several buttons. Enter in a field presses a form's first one, and whoever ends a note with Enter
 * would say what stands on it; where the first one is disabled, Enter does nothing.
 */
export function EnterPressesNothing() {
  return <button type="submit" disabled hidden />;
}
