import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  decodeInput,
  decodeMessage,
  encodeFrame,
  encodeInput,
  encodeMessage,
  FrameError,
  FrameReader,
  MAX_FRAME_BYTES,
} from "../../src/protocol/frames.ts";
import { FrameKind, PROTOCOL_VERSION, type ClientMessage, type ServerMessage } from "../../src/protocol/messages.ts";

/** Cuts bytes at the given places, which may repeat or lie outside. */
function cut(bytes: Uint8Array, places: readonly number[]): Uint8Array[] {
  const sorted = [...places.map((place) => place % (bytes.length + 1)), 0, bytes.length].sort((a, b) => a - b);
  return sorted.slice(1).map((end, index) => bytes.subarray(sorted[index], end));
}

describe("frames", () => {
  it("come out as they went in, however the bytes are cut", () => {
    const frame = fc.record({ kind: fc.constantFrom(...Object.values(FrameKind)), payload: fc.uint8Array({ maxLength: 300 }) });
    fc.assert(
      fc.property(fc.array(frame, { maxLength: 8 }), fc.array(fc.nat(), { maxLength: 20 }), (frames, places) => {
        const wire = Buffer.concat(frames.map(({ kind, payload }) => encodeFrame(kind, payload)));
        const reader = new FrameReader();
        const seen = cut(wire, places).flatMap((chunk) => reader.push(chunk));
        expect(seen.map(({ kind, payload }) => ({ kind, payload: [...payload] }))).toEqual(
          frames.map(({ kind, payload }) => ({ kind, payload: [...payload] })),
        );
      }),
    );
  });

  it("of an impossible length are refused before anything is kept", () => {
    const header = Buffer.alloc(5);
    header.writeUInt32LE(MAX_FRAME_BYTES + 1, 0);
    expect(() => new FrameReader().push(header)).toThrow(FrameError);
    expect(() => new FrameReader().push(Buffer.alloc(5))).toThrow(FrameError);
  });

  it("of an unknown kind are refused", () => {
    expect(() => new FrameReader().push(encodeFrame(9 as never, new Uint8Array(1)))).toThrow("frame kind 9");
  });

  it("survive random bytes: an error or frames, never anything else", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        try {
          for (const { kind, payload } of new FrameReader().push(bytes)) if (kind === FrameKind.json) decodeMessage(payload);
        } catch (error) {
          expect(error).toBeInstanceOf(FrameError);
        }
      }),
    );
  });
});

describe("the wire is frozen by example", () => {
  const examples: readonly [string, ClientMessage, string][] = [
    [
      "hello",
      { type: "hello", version: 1, program: "0.1.0", role: "dashboard", pid: 7 },
      '\x4a\x00\x00\x00\x00{"type":"hello","version":1,"program":"0.1.0","role":"dashboard","pid":7}',
    ],
    [
      "hello of a command that follows",
      { type: "hello", version: 1, program: "0.1.0", role: "command", pid: 7, follow: true },
      '\x56\x00\x00\x00\x00{"type":"hello","version":1,"program":"0.1.0","role":"command","pid":7,"follow":true}',
    ],
    [
      "panes",
      { type: "panes", panes: [{ terminal: 3, cols: 80, rows: 24, scroll: 0 }], focus: 3 },
      '\x53\x00\x00\x00\x00{"type":"panes","panes":[{"terminal":3,"cols":80,"rows":24,"scroll":0}],"focus":3}',
    ],
    [
      "panes of a dashboard in which somebody selects text",
      { type: "panes", panes: [{ terminal: 3, cols: 80, rows: 24, scroll: 1, top: { era: 2, line: 700 }, held: true }], focus: 3 },
      '\x7a\x00\x00\x00\x00{"type":"panes","panes":[{"terminal":3,"cols":80,"rows":24,"scroll":1,"top":{"era":2,"line":700},"held":true}],"focus":3}',
    ],
    [
      "add-task",
      {
        type: "request",
        id: 9,
        request: {
          name: "add-task",
          title: "T",
          reason: "R",
          session: "025",
          stream: null,
          terminal: 4,
          estimate: "30m",
          run: null,
          by: "a person",
        },
      },
      '\xa8\x00\x00\x00\x00{"type":"request","id":9,"request":{"name":"add-task","title":"T","reason":"R","session":"025","stream":null,"terminal":4,"estimate":"30m","run":null,"by":"a person"}}',
    ],
    [
      "take-risk",
      { type: "request", id: 9, request: { name: "take-risk", offer: "1.2", by: "a person" } },
      '\x57\x00\x00\x00\x00{"type":"request","id":9,"request":{"name":"take-risk","offer":"1.2","by":"a person"}}',
    ],
    [
      "answer-plan-edit",
      { type: "request", id: 9, request: { name: "answer-plan-edit", offer: 7, take: true, by: "a person" } },
      '\x66\x00\x00\x00\x00{"type":"request","id":9,"request":{"name":"answer-plan-edit","offer":7,"take":true,"by":"a person"}}',
    ],
    [
      "report",
      {
        type: "request",
        id: 9,
        request: {
          name: "report",
          verb: "task",
          report: { task: 12, state: "done" },
          terminal: 3,
          marathon: "m-1",
          by: "terminal 3",
        },
      },
      '\x98\x00\x00\x00\x00{"type":"request","id":9,"request":{"name":"report","verb":"task","report":{"task":12,"state":"done"},"terminal":3,"marathon":"m-1","by":"terminal 3"}}',
    ],
    [
      "report-answer",
      { type: "request", id: 9, request: { name: "report-answer", question: "q41" } },
      '\x4e\x00\x00\x00\x00{"type":"request","id":9,"request":{"name":"report-answer","question":"q41"}}',
    ],
    [
      "carry-task",
      { type: "request", id: 9, request: { name: "carry-task", task: 7, to: "032", reason: "R", by: "a person" } },
      '\x6b\x00\x00\x00\x00{"type":"request","id":9,"request":{"name":"carry-task","task":7,"to":"032","reason":"R","by":"a person"}}',
    ],
    [
      "check-preflight",
      { type: "request", id: 9, request: { name: "check-preflight", item: 2, ok: false, note: null, by: "a person" } },
      '\x6f\x00\x00\x00\x00{"type":"request","id":9,"request":{"name":"check-preflight","item":2,"ok":false,"note":null,"by":"a person"}}',
    ],
    [
      "check-goal",
      { type: "request", id: 9, request: { name: "check-goal", goal: "024.1", met: true, note: null, by: "a person" } },
      '\x70\x00\x00\x00\x00{"type":"request","id":9,"request":{"name":"check-goal","goal":"024.1","met":true,"note":null,"by":"a person"}}',
    ],
    [
      "check-repository",
      { type: "request", id: 9, request: { name: "check-repository", by: "a person" } },
      '\x50\x00\x00\x00\x00{"type":"request","id":9,"request":{"name":"check-repository","by":"a person"}}',
    ],
    [
      "measure-target",
      { type: "request", id: 9, request: { name: "measure-target", target: 2, value: "57/81", by: "a person" } },
      '\x69\x00\x00\x00\x00{"type":"request","id":9,"request":{"name":"measure-target","target":2,"value":"57/81","by":"a person"}}',
    ],
    [
      "undo-risk",
      { type: "request", id: 9, request: { name: "undo-risk", risk: "R1", by: "a person" } },
      '\x55\x00\x00\x00\x00{"type":"request","id":9,"request":{"name":"undo-risk","risk":"R1","by":"a person"}}',
    ],
    [
      "search",
      {
        type: "request",
        id: 4,
        request: { name: "search", query: "a.b", regex: false, limit: 9, terminals: [{ terminal: 3, era: 2, from: 700 }] },
      },
      '\x8c\x00\x00\x00\x00{"type":"request","id":4,"request":{"name":"search","query":"a.b","regex":false,"limit":9,"terminals":[{"terminal":3,"era":2,"from":700}]}}',
    ],
    [
      "text",
      {
        type: "request",
        id: 5,
        request: { name: "text", terminal: 3, era: 2, from: { line: 7, x: 0 }, to: { line: 8, x: 4 }, shape: "block" },
      },
      '\x87\x00\x00\x00\x00{"type":"request","id":5,"request":{"name":"text","terminal":3,"era":2,"from":{"line":7,"x":0},"to":{"line":8,"x":4},"shape":"block"}}',
    ],
    [
      "move",
      {
        type: "request",
        id: 6,
        request: { name: "move", terminal: 3, era: 2, from: { line: 7, x: 0 }, motion: "next-word", count: 1, want: 0, free: false },
      },
      '\x96\x00\x00\x00\x00{"type":"request","id":6,"request":{"name":"move","terminal":3,"era":2,"from":{"line":7,"x":0},"motion":"next-word","count":1,"want":0,"free":false}}',
    ],
    [
      "what a person's terminal is",
      { type: "outer", outer: { foreground: 1, background: null, cursor: 16777215, palette: [0, null], kittyKeyboard: true } },
      '\x76\x00\x00\x00\x00{"type":"outer","outer":{"foreground":1,"background":null,"cursor":16777215,"palette":[0,null],"kittyKeyboard":true}}',
    ],
    ["bye", { type: "bye" }, '\x0f\x00\x00\x00\x00{"type":"bye"}'],
  ];

  it("requests and what engines tell, by name", () => {
    const flush: ClientMessage = { type: "request", id: 1, request: { name: "flush-logs" } };
    expect(encodeMessage(flush).subarray(5).toString()).toBe('{"type":"request","id":1,"request":{"name":"flush-logs"}}');
    const marks: ServerMessage = {
      type: "marks",
      terminal: 4,
      bell: true,
      notice: "approval: rm",
      progress: { state: "paused", percent: 40 },
      title: "vim",
    };
    expect(encodeMessage(marks).subarray(5).toString()).toBe(
      '{"type":"marks","terminal":4,"bell":true,"notice":"approval: rm","progress":{"state":"paused","percent":40},"title":"vim"}',
    );
  });

  it.each(examples)("%s", (_name, message, bytes) => {
    expect(encodeMessage(message).toString("latin1")).toBe(bytes);
    expect(decodeMessage(Buffer.from(bytes, "latin1").subarray(5))).toEqual(message);
  });

  it("input: terminal number, then the bytes as typed", () => {
    expect([...encodeInput(10, Buffer.from("\x00é\xff", "latin1"))]).toEqual([5, 0, 0, 0, 2, 10, 0, 0xe9, 0xff]);
    const { terminal, bytes } = decodeInput(new Uint8Array([10, 0, 0xe9, 0xff]));
    expect([terminal, ...bytes]).toEqual([10, 0, 0xe9, 0xff]);
  });

  it("has a version that changes only with the frames", () => {
    expect(PROTOCOL_VERSION).toBe(1);
  });
});
