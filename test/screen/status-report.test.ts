import { describe, expect, it } from "vitest";
import { parseOsc9, parseOsc99, parseOsc777 } from "../../src/screen/notices.ts";
import { StatusRecords } from "../../src/screen/status-records.ts";
import { parseStatusReport, type StatusReport } from "../../src/screen/status-report.ts";

const base64 = (text: string) => Buffer.from(text).toString("base64");

describe("a status report (OSC 7501)", () => {
  it("is read with all its fields", () => {
    const text = `state=blocked:kind=question:progress=40:id=main/sub-1:app=claude:title=${base64("count files")}:msg=${base64("Which db?")}`;
    expect(parseStatusReport(text)).toEqual({
      id: "main/sub-1",
      state: "blocked",
      kind: "question",
      progress: 40,
      app: "claude",
      title: "count files",
      message: "Which db?",
    });
    expect(parseStatusReport("state=idle")).toEqual({
      id: "",
      state: "idle",
      kind: null,
      progress: null,
      app: null,
      title: null,
      message: null,
    });
  });

  it.each([
    ["has no state", "id=a"],
    ["has an unknown state", "state=sleeping"],
    ["has a field that is none", "state=idle:huh"],
    ["has capitals in a key", "STATE=idle"],
    ["has a forbidden character in a value", "state=idle:app=a b"],
    ["names a kind without being blocked", "state=working:kind=question"],
    ["has progress when done", "state=done:progress=100"],
    ["has too much progress", "state=working:progress=101"],
    ["has an empty segment in its id", "state=working:id=a//b"],
    ["has an id of nine levels", "state=working:id=a/b/c/d/e/f/g/h/i"],
    ["has a segment of 33 characters", `state=working:id=${"a".repeat(33)}`],
    ["has an id of more than 128 bytes", `state=working:id=${Array.from({ length: 5 }, () => "a".repeat(30)).join("/")}`],
    ["has bad base64", "state=working:msg=A"],
    ["has text that is not UTF-8", `state=working:msg=${Buffer.from([0xff, 0xfe]).toString("base64")}`],
    ["has a line break in its text", `state=working:msg=${base64("a\nb")}`],
    ["has an escape in its text", `state=working:title=${base64("\x1b[31m")}`],
    ["has a title of more than 192 bytes", `state=working:title=${base64("x".repeat(193))}`],
    ["has a message of more than 2048 bytes", `state=working:msg=${base64("x".repeat(2049))}`],
    ["is longer than 4096 bytes", `state=working:app=${"a".repeat(4096)}`],
  ])("is ignored when it %s", (_why, text) => {
    expect(parseStatusReport(text)).toBeNull();
  });

  it("takes text up to its limits", () => {
    expect(parseStatusReport(`state=working:title=${base64("x".repeat(192))}:msg=${base64("y".repeat(2048))}`)?.message).toHaveLength(2048);
  });

  it("loses what would turn text around or hide in it", () => {
    expect(parseStatusReport(`state=working:msg=${base64("rm \u202etxt.\u2066\u200bexe\ufeff")}`)?.message).toBe("rm txt.exe");
  });
});

describe("status records", () => {
  const report = (id: string, state: StatusReport["state"], message: string | null = null): StatusReport => ({
    id,
    state,
    kind: null,
    progress: null,
    title: null,
    message,
  });
  const told = (records: StatusRecords) => records.take().map(({ id, state }) => `${id}:${state}`);

  it("tells each part once, as it ended up", () => {
    const records = new StatusRecords();
    records.report(report("a", "working"));
    records.report(report("b", "working"));
    records.report(report("a", "done"));
    expect(told(records)).toEqual(["b:working", "a:done"]);
    records.report(report("a", "done"));
    expect(told(records)).toEqual([]);
  });

  it("clears a part with all below it, and not its neighbours", () => {
    const records = new StatusRecords();
    for (const id of ["a", "a/b", "a/b/c", "ab"]) records.report(report(id, "working"));
    records.report(report("a", "clear"));
    expect(told(records)).toEqual(["ab:working", "a:clear"]);
    records.report(report("ab", "working"));
    expect(told(records)).toEqual([]);
  });

  it("clears what works or waits when a shell shows its prompt, and keeps what is done", () => {
    const records = new StatusRecords();
    records.report(report("a", "working"));
    records.report(report("b", "done"));
    records.take();
    records.promptShown();
    expect(told(records)).toEqual(["a:clear"]);
  });

  it("keeps 256 records and no more", () => {
    const records = new StatusRecords();
    for (let index = 0; index < 1000; index++) records.report(report(`agent-${index}`, "working"));
    expect(records.take()).toHaveLength(256);
  });
});

describe("notices", () => {
  it("reads notifications of all three kinds", () => {
    expect(parseOsc9("Agent turn complete")).toEqual({ kind: "notification", source: "osc-9", title: "", text: "Agent turn complete" });
    expect(parseOsc777("notify;Build;it; failed")).toEqual({ kind: "notification", source: "osc-777", title: "Build", text: "it; failed" });
    expect(parseOsc99("i=1:d=0;Hello")).toEqual({ kind: "notification", source: "osc-99", title: "Hello", text: "" });
    expect(parseOsc99(`p=body:e=1;${base64("More")}`)).toEqual({ kind: "notification", source: "osc-99", title: "", text: "More" });
  });

  it("reads progress", () => {
    expect(parseOsc9("4;1;50")).toEqual({ kind: "progress", state: "normal", percent: 50 });
    expect(parseOsc9("4;2;900")).toEqual({ kind: "progress", state: "error", percent: 100 });
    expect(parseOsc9("4;3;")).toEqual({ kind: "progress", state: "indeterminate", percent: null });
    expect(parseOsc9("4;0")).toEqual({ kind: "progress", state: "none", percent: null });
  });

  it("ignores what is neither", () => {
    expect(parseOsc9("9;/home/me")).toBeNull();
    expect(parseOsc777("precmd")).toBeNull();
    expect(parseOsc99("p=?;")).toBeNull();
    expect(parseOsc9("\u202e")).toBeNull();
  });
});
