/**
 * The HTTP face: health, intake of pushed outputs, orders over loopback, pages to look at.
 * In: requests. Out: answers. Holds no rules: it checks who asks and how much, then starts a journey or reads.
 */
import { Hono } from "hono";
import { accepts } from "hono/accepts";
import { secureHeaders } from "hono/secure-headers";
import { ConfigError, KnownError, messageOf, StoreError } from "../domain/errors.js";
import { excerpt } from "../text/excerpt.js";
import { upperFirst } from "../wording/sentences.js";
import { actRoutes } from "./act.js";
import { actJudgeRoutes } from "./act-judge.js";
import { allowedHosts } from "./allowed-hosts.js";
import type { AppPorts } from "./app-ports.js";
import { changeRoutes } from "./changes.js";
import { commandRoutes } from "./commands.js";
import { judgeRoutes } from "./dashboard/judge.js";
import { moveRoutes } from "./dashboard/moves.js";
import { outputRoutes } from "./dashboard/outputs.js";
import { missing, pages } from "./dashboard/pages.js";
import { registerRoutes } from "./dashboard/register.js";
import { reportPageRoutes } from "./dashboard/report-page.js";
import { reviewRoutes } from "./dashboard/reviews.js";
import { switchRoutes } from "./dashboard/switches.js";
import { namesItselfToUs } from "./form-pages.js";
import { healthRoute } from "./health.js";
import { pushRoutes } from "./push.js";
import { reportLinkRoutes } from "./report-link-page.js";
import { reportRoutes } from "./reports.js";
import { slackActionRoutes } from "./slack-actions.js";

/** When whoever was refused by the database may come again. */
const storeRetrySeconds = 5;

/** Browsers ask for HTML and get a page, programs get JSON. */
const askedFor = {
  header: "Accept" as const,
  supports: ["application/json", "text/html"],
  default: "application/json",
};

/** Builds the routes. */
export function createApp(ports: AppPorts): Hono {
  const app = new Hono();
  // outside of the headers, so that it comes after them
  app.use("/act/*", namesItselfToUs);
  app.use("/i/*", namesItselfToUs);
  app.use("/report/*", namesItselfToUs);
  app.use("/spot-checks/*", namesItselfToUs);
  app.use("/review/*", namesItselfToUs);
  app.use("/governance", namesItselfToUs);
  app.use(
    secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: ["'none'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
      },
      referrerPolicy: "no-referrer",
      strictTransportSecurity: false,
    }),
  );
  // after the headers, so that a refusal carries them too
  app.use(allowedHosts(ports.hosts));
  app.route("/", healthRoute(ports));
  app.route("/", pushRoutes(ports));
  app.route("/", commandRoutes(ports));
  app.route("/", changeRoutes(ports));
  app.route("/", slackActionRoutes(ports));
  app.route("/", reportRoutes(ports));
  app.route("/", reportLinkRoutes(ports));
  app.route("/", actRoutes(ports));
  app.route("/", reportPageRoutes(ports));
  app.route("/", actJudgeRoutes(ports));
  app.route("/", moveRoutes(ports));
  app.route("/", switchRoutes(ports));
  app.route("/", outputRoutes(ports));
  app.route("/", judgeRoutes(ports));
  app.route("/", registerRoutes(ports));
  app.route("/", reviewRoutes(ports));
  app.route("/", pages(ports));
  app.notFound((context) => {
    const message = `nothing is at ${excerpt(context.req.path, 100)}`;
    if (accepts(context, askedFor) === "text/html") return missing(context, ports, upperFirst(message));
    return context.json({ error: "not-found", message }, 404);
  });
  app.onError((thrown, context) => {
    // what this computer lacks (a secret, a file) is for whoever looks after it, not for whoever sends outputs
    const known = thrown instanceof KnownError && !(thrown instanceof ConfigError);
    if (!known || thrown instanceof StoreError)
      ports.ground().logger.error("a request broke off", {
        path: loggable(context.req.path),
        reason: messageOf(thrown),
      });
    if (thrown instanceof StoreError) {
      context.header("Retry-After", String(storeRetrySeconds));
      // the reason names files of this machine: it is for the log
      return context.json(
        {
          error: thrown.code,
          message: "the database takes nothing now, send it again later; the log says why",
        },
        503,
      );
    }
    const message = known ? thrown.message : "this went wrong inside Evenkeel; its log says why";
    return context.json({ error: known ? thrown.code : "internal", message }, known ? 400 : 500);
  });
  return app;
}

/** The path without what lets in: whoever reads the log could press a link that stands in it. */
function loggable(path: string): string {
  return path.replace(/^\/act\/.*/, "/act/…");
}
