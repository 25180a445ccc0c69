#!/usr/bin/env node
/** The command line: reads arguments, starts one journey, prints results on stdout and notes on stderr. */
import { tuneEngine } from "../platform/engine.js";

// only the watch lives long enough to gain by it; the rest is imported after, for most memory goes into loading
if (process.argv[2] === "start") tuneEngine("loading");
// code made for each schema takes a tenth of the start, and memory that a configuration read once never pays back
const { config } = await import("zod");
config({ jitless: true });
const { createProgram } = await import("./program.js");
const { realTerminal } = await import("./terminal.js");

const terminal = realTerminal();
process.exitCode = await createProgram(terminal);
