import { describe, expect, it } from "vitest";
import { asked, caseOf, probeOf } from "../ports.js";

const node = (script: string, ...words: string[]): string[] => [process.execPath, "-e", script, ...words];

describe("the command probe", () => {
  it("gives the input, marks the run, and reads what is printed", async () => {
    const script =
      "let s=''; process.stdin.on('data',(d)=>s+=d).on('end',()=>console.log(JSON.stringify({id:7,output:[s,process.argv[1],process.env.EVENKEEL_GOLDEN,process.env.KEY].join('|')})))";
    const probe = probeOf({
      type: "command",
      argv: node(script, "{case}:{input}"),
      environment: { KEY: { env: "API_KEY" } },
    });
    expect(await probe.ask(caseOf("Hello {case}"), asked)).toMatchObject({
      id: "7",
      text: "Hello {case}|case-1:Hello {case}|run-7|canary-key",
      latencyMs: 250,
    });
  });

  it("takes text for the output", async () => {
    const output = await probeOf({ type: "command", argv: node("console.log('plain')") }).ask(
      caseOf("x"),
      asked,
    );
    expect(output.text).toBe("plain");
  });

  it("has no answer when the program fails", async () => {
    const probe = probeOf({ type: "command", argv: node("process.exit(4)") });
    await expect(probe.ask(caseOf("x"), asked)).rejects.toMatchObject({ code: "probe-unavailable" });
  });
});
