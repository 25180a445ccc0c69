import type { Child } from "hono/jsx";
import { sayState, type WatchState, watchStates } from "../../wording/states.js";

/** The frame of every page. */
export function Layout(props: { title: string; instance: string; foot: string; children: Child }) {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>{props.title}</title>
        <link rel="stylesheet" href="/evenkeel.css" />
      </head>
      <body>
        <Shapes />
        <a class="skip" href="#main">
          Skip to content
        </a>
        <header class="top">
          <a class="brand" href="/">
            <StateShape state="steady" />
            Evenkeel
          </a>
          <nav aria-label="Main">
            <a href="/spot-checks">Spot checks</a>
            <a href="/register">Register</a>
            <a href="/reviews">Reviews</a>
          </nav>
          <span class="who">{props.instance}</span>
        </header>
        <main id="main">{props.children}</main>
        <footer class="foot">{props.foot}</footer>
      </body>
    </html>
  );
}

/** Shape and word of a state; the word always stands, or a longer one in its place. */
export function State(props: { state: WatchState; word?: string }) {
  return (
    <span class={`st ${props.state}`}>
      <StateShape state={props.state} />
      {props.word ?? sayState(props.state).word}
    </span>
  );
}

/** One of the seven shapes; decoration beside the word. */
function StateShape(props: { state: WatchState }) {
  return (
    <svg aria-hidden="true">
      <use href={`#st-${props.state}`} />
    </svg>
  );
}

/** Drawn once for each page, however often they stand on it. */
function Shapes() {
  return (
    <svg class="defs" width="0" height="0" aria-hidden="true" focusable="false">
      <defs>
        {watchStates.map((state) => (
          <symbol id={`st-${state}`} viewBox="0 0 16 16">
            {shapeOf(state)}
          </symbol>
        ))}
      </defs>
    </svg>
  );
}

function shapeOf(state: WatchState) {
  const line = { fill: "none", stroke: "currentColor", "stroke-width": "1.6" };
  switch (state) {
    case "incident":
      return (
        <>
          <path d="M8 .5 15.5 8 8 15.5 .5 8Z" fill="currentColor" />
          <path d="M8 4.2v4.6M8 10.6v1.6" class="knock" stroke-width="1.8" />
        </>
      );
    case "blind":
      return (
        <>
          <rect x="1.5" y="1.5" width="13" height="13" {...line} />
          <path d="M6 6.2C6 3.6 10.2 3.8 10 6.4 9.9 7.8 8 7.9 8 9.6M8 11.3v1.4" {...line} />
        </>
      );
    case "drifting":
      return (
        <>
          <circle cx="8" cy="8" r="6" {...line} />
          <path d="M2 12 14 4" {...line} />
        </>
      );
    case "watching":
      return (
        <>
          <circle cx="8" cy="8" r="6" {...line} />
          <circle cx="8" cy="8" r="2.2" fill="currentColor" />
        </>
      );
    case "no-data":
      return <circle cx="8" cy="8" r="6" {...line} stroke-dasharray="2.4 2.3" />;
    case "paused":
      return <path d="M5 2.5v11M11 2.5v11" {...line} stroke-width="2.6" />;
    case "steady":
      return (
        <>
          <circle cx="8" cy="8" r="6" {...line} />
          <path d="M.5 8h15" {...line} />
        </>
      );
  }
}
