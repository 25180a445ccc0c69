/** The process of the storm, begun as the daemon begins: V8 is told what comes before anything large is loaded. */
import { tuneEngine } from "../../src/platform/engine.js";

tuneEngine("loading");
await import("./reliability-storm-journeys.js");
