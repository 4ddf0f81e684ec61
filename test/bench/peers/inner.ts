/**
 * What runs in each of the ten terminals: `inner.ts FOLDER LOAD`, the terminal's number in MARATHON_TERMINAL or as the last argument.
 * Every one answers each byte it is typed with `<terminal:sequence:byte>` on its own line; the load says what else it prints:
 *   quiet      nothing
 *   50k        agent-like text, 50 KB a second in pieces of 20 ms
 *   agent      a spinner and a status block drawn anew ten times a second, 60 KB a second
 *   flood      text without limit
 *   counter    `=count=` behind the answer, every 10 ms
 *   drain      waits for FOLDER/go, prints 10 MB, makes FOLDER/done-N
 * It says that it is up with FOLDER/up-N, and each 100 ms in FOLDER/wrote-N how many bytes its terminal has taken.
 */
import { existsSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const [folder = ".", loads = "quiet", given = "1"] = process.argv.slice(2);
const number = Number(process.env["MARATHON_TERMINAL"] ?? given);
/** `first,others`: another load for terminal 1 than for the rest. */
const [first = "quiet", others = first] = loads.split(",");
const load = number === 1 ? first : others;
const out = process.stdout;
let wrote = 0;

function print(text: string): boolean {
  return out.write(text, () => {
    wrote += text.length;
  });
}

let answer = `<${number}:0:->`;
let count = 0;

/** The line that is written again and again: the last answer, and the count where there is one. */
function say(): void {
  print(`\r${answer}${count > 0 ? ` =${count}=` : ""}\x1b[K`);
}

process.stdin.setRawMode(true);
let sequence = 0;
process.stdin.on("data", (bytes: Buffer) => {
  for (const byte of bytes) {
    answer = `<${number}:${++sequence}:${String.fromCharCode(byte)}>`;
    say();
  }
});
say();
writeFileSync(join(folder, `up-${number}`), "");
setInterval(() => replace(`wrote-${number}`, String(wrote)), 100);

/** Whoever reads it finds the whole figure. */
function replace(name: string, text: string): void {
  writeFileSync(join(folder, `.${name}`), text);
  renameSync(join(folder, `.${name}`), join(folder, name));
}

const WORDS = "the plan reads a file and edits its test before anything else runs again so that nothing waits for long".split(" ");
let line = 0;

/** Coloured prose, diffs and calls, as agents print them. */
function agentLine(): string {
  line++;
  const text = Array.from({ length: 6 + (line % 9) }, (_, index) => WORDS[(line * 7 + index * 3) % WORDS.length]).join(" ");
  if (line % 5 === 0) return `\x1b[32m+ ${line} ${text}\x1b[m\r\n`;
  if (line % 7 === 0) return `\x1b[38;2;${line % 256};120;200m⏺\x1b[m Bash(${text})\r\n`;
  return `  ${text}\r\n`;
}

function textOf(bytes: number): string {
  let text = "";
  while (text.length < bytes) text += agentLine();
  return text;
}

/** Made once, so that what is measured is not the making of text. */
const block = textOf(64 * 1024);

function redraw(frame: number): string {
  const rows = Array.from({ length: 20 }, (_, row) => `\x1b[2K\x1b[3${(frame + row) % 8}m${"✻ Working on it… ".repeat(9)}${frame}\x1b[m`);
  return `\x1b[H${rows.join("\r\n")}`;
}

function flood(): void {
  while (print(block));
  out.once("drain", flood);
}

function drain(): void {
  if (!existsSync(join(folder, "go"))) return void setTimeout(drain, 2);
  const total = 10 * 1024 * 1024;
  let left = total;
  const next = () => {
    while (left > 0) {
      left -= block.length;
      if (!print(block)) return void out.once("drain", next);
    }
    out.write(`END ${number}\r\n`, () => writeFileSync(join(folder, `done-${number}`), ""));
  };
  next();
}

if (load === "50k") setInterval(() => print(textOf(1_000)), 20);
if (load === "agent") {
  let frame = 0;
  setInterval(() => print(redraw(frame++)), 100);
}
if (load === "counter") {
  setInterval(() => {
    count++;
    say();
  }, 10);
}
if (load === "flood") flood();
if (load === "drain") drain();
