/**
 * `/register`, `/register.csv`, `/register.md`: the register with how complete it is, to look at and to take away.
 * In: a filter and a page in the query. Out: a page or a file. Answers this computer only (this-computer.ts).
 */
import { type Context, Hono } from "hono";
import { registerCsv, registerMarkdown } from "../../flow/register/register-columns.js";
import { registerEntries } from "../../flow/register/register-entries.js";
import { filterFrom } from "../../flow/register/register-filter.js";
import { csvFile } from "../../text/csv.js";
import type { AppPorts } from "../app-ports.js";
import { thisComputerOnly } from "../this-computer.js";
import { registerPage } from "./register-page.js";

/** The routes of the register. */
export function registerRoutes(ports: AppPorts): Hono {
  const app = new Hono();
  app.use("/register", thisComputerOnly);
  app.use("/register.csv", thisComputerOnly);
  app.use("/register.md", thisComputerOnly);
  app.get("/register", (context) => {
    const filter = filterFrom((name) => context.req.query(name));
    const page = Number(/^[0-9]{1,4}$/.exec(context.req.query("page") ?? "")?.[0] ?? 1);
    return context.html(`<!doctype html>${registerPage(ports.ground(), filter, page)}`);
  });
  app.get("/register.csv", (context) => {
    const lines = registerCsv(registerEntries(ports.ground()));
    return file(context, "csv", csvFile(lines));
  });
  app.get("/register.md", (context) =>
    file(context, "markdown", `${registerMarkdown(registerEntries(ports.ground())).join("\n")}\n`),
  );
  return app;
}

function file(context: Context, kind: "csv" | "markdown", text: string): Response {
  const ending = kind === "csv" ? "csv" : "md";
  return context.body(text, 200, {
    "content-type": `text/${kind}; charset=utf-8`,
    "content-disposition": `attachment; filename="register.${ending}"`,
    "cache-control": "no-store",
  });
}
