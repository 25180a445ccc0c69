import { describe, expect, it } from "vitest";
import { adminToken, pushApp, wednesday } from "./push-app.js";

async function app() {
  const { ask, ground } = await pushApp();
  const tell = (body: unknown, token: string = adminToken) =>
    ask("/v1/changes", {
      method: "POST",
      body: typeof body === "string" ? body : JSON.stringify(body),
      headers: { authorization: `Bearer ${token}` },
    });
  return { tell, ground };
}

describe("POST /v1/changes", () => {
  it("keeps a change with who and when", async () => {
    const { tell, ground } = await app();
    const at = "2026-11-18T06:30:00+01:00";
    const answer = await tell({
      automation: "replies",
      note: "prompt 12",
      at,
      kind: "prompt",
      who: "Tom Ashby",
    });
    expect(answer.status).toBe(201);
    expect(ground.store.changes.list("replies", 5)).toMatchObject([
      { kind: "prompt", note: "prompt 12", who: "Tom Ashby", at: Date.parse(at), notedAt: wednesday },
    ]);
  });

  it.each([
    [{ automation: "replys", note: "x" }, 'no automation "replys"; did you mean "replies"?'],
    [{ automation: "replies", note: "x".repeat(100_000) }, "note: is longer than 500 characters"],
    [{ automation: "replies", note: " " }, "note: is empty"],
    [{ automation: "replies", note: "x", at: "2027-01-01T00:00:00Z" }, "has not come yet"],
    [{ automation: "replies", note: "x", at: "2020-01-01T00:00:00Z" }, "more than 400 days ago"],
    [{ automation: "replies", note: "x", at: "yesterday" }, "at: is no instant; expected one such as"],
    ["{", "the body"],
  ])("refuses %j with what is wrong", async (body, message) => {
    const { tell, ground } = await app();
    const answer = await tell(body);
    expect(answer.status).toBe(400);
    expect(answer.json.message).toContain(message);
    expect(ground.store.changes.list("replies", 5)).toEqual([]);
  });

  it("refuses another token", async () => {
    const { tell } = await app();
    expect((await tell({ automation: "replies", note: "x" }, "nope")).status).toBe(401);
  });
});
