/**
 * Literal `KEY=value` text: read strictly, never executed, never expanded.
 *
 * The format is a subset of what shells, container engines and dotenv
 * libraries agree on, so that a file means the same wherever it is read.
 *
 * @module
 */

import { quoted } from "../text/printable.ts";

/** One `KEY=value` line. */
export interface EnvEntry {
  /** The key: `[A-Z][A-Z0-9_]*`. */
  readonly key: string;
  /** The value without its quotes. */
  readonly value: string;
  /** The line it stands on, from 1. */
  readonly line: number;
}

/** One thing that is wrong with a text. */
export interface EnvProblem {
  /** The line, from 1. */
  readonly line: number;
  /** The column, from 1, in UTF-16 code units. */
  readonly column: number;
  /** What is wrong, as a sentence without a subject's location. */
  readonly message: string;
}

/** What {@linkcode parseEnvFile} made of a text. */
export type EnvFileResult =
  | { readonly ok: true; readonly entries: readonly EnvEntry[] }
  | { readonly ok: false; readonly problems: readonly EnvProblem[] };

/** The largest env file that is read, in bytes. */
export const MAX_ENV_FILE_BYTES = 65_536;

const KEY_REGEXP = /^[A-Z][A-Z0-9_]*$/;
const BYTE_ORDER_MARK = "\ufeff";
// deno-lint-ignore no-control-regex -- control characters are the subject
const CONTROL_REGEXP = /[\x00-\x1f\x7f-\x9f\u2028\u2029]/;

/** Characters that some reader of such files would interpret. */
const INTERPRETED: ReadonlyMap<string, string> = new Map([
  ["\\", "a backslash"],
  ["$", '"$"'],
  ["`", "a backtick"],
  [";", '";"'],
]);

/**
 * Reads literal `KEY=value` text.
 *
 * Accepted are `KEY=value`, `KEY="value"`, `KEY='value'`, blank lines and lines
 * that begin with `#`. Everything that another reader could expand, execute or
 * see differently is a problem: a backslash, `$`, a backtick, `;`, an unclosed
 * or inner quote, space around `=`, `export`, control characters, CR, a byte
 * order mark, a duplicate key, broken UTF-8, more than 64 KiB.
 *
 * Source: Runner Platform Contract, "Image identity contract" (immutable,
 * human-readable metadata).
 *
 * @param bytes The content of the file.
 * @returns The entries in order, or every problem in order.
 *
 * @example Read an identity
 * ```ts
 * import { parseEnvFile } from "./env_file.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const text = "# base\nRUNNER_IMAGE='runner-base'\n";
 * assertEquals(parseEnvFile(new TextEncoder().encode(text)), {
 *   ok: true,
 *   entries: [{ key: "RUNNER_IMAGE", value: "runner-base", line: 2 }],
 * });
 * ```
 */
export function parseEnvFile(bytes: Uint8Array): EnvFileResult {
  if (bytes.length > MAX_ENV_FILE_BYTES) {
    return failed(
      1,
      1,
      `has ${bytes.length} bytes, at most ${MAX_ENV_FILE_BYTES} are allowed`,
    );
  }
  const text = decode(bytes);
  if (text === undefined) {
    const { line, column } = firstBrokenByte(bytes);
    return failed(line, column, "is not UTF-8 text");
  }
  return parseLines(text.split("\n"));
}

function failed(line: number, column: number, message: string): EnvFileResult {
  return { ok: false, problems: [{ line, column, message }] };
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true })
      .decode(bytes);
  } catch {
    return undefined;
  }
}

/** Where decoding stops: the longest prefix of whole lines that decodes. */
function firstBrokenByte(bytes: Uint8Array): { line: number; column: number } {
  let line = 1;
  let start = 0;
  for (;;) {
    const end = bytes.indexOf(0x0a, start);
    const row = bytes.subarray(start, end < 0 ? bytes.length : end);
    if (decode(row) === undefined) {
      const before = new TextDecoder().decode(row).indexOf("\ufffd");
      return { line, column: before + 1 };
    }
    line++;
    start = end + 1;
  }
}

function parseLines(lines: readonly string[]): EnvFileResult {
  const entries: EnvEntry[] = [];
  const problems: EnvProblem[] = [];
  const firstLine = new Map<string, number>();
  for (const [index, text] of lines.entries()) {
    const line = index + 1;
    const found = parseLine(text, line);
    problems.push(...found.problems);
    const { entry } = found;
    if (entry === undefined) continue;
    const first = firstLine.get(entry.key);
    if (first !== undefined) {
      problems.push({
        line,
        column: 1,
        message: `${entry.key} is set again, first on line ${first}`,
      });
      continue;
    }
    firstLine.set(entry.key, line);
    entries.push(entry);
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, entries };
}

interface LineResult {
  readonly entry?: EnvEntry;
  readonly problems: readonly EnvProblem[];
}

function parseLine(text: string, line: number): LineResult {
  const at = (index: number, message: string): LineResult => ({
    problems: [{ line, column: index + 1, message }],
  });
  if (line === 1 && text.startsWith(BYTE_ORDER_MARK)) {
    return at(0, "begins with a byte order mark");
  }
  const control = text.search(CONTROL_REGEXP);
  if (control >= 0) return at(control, controlMessage(text, control));
  if (text.trim() === "" || text.startsWith("#")) return { problems: [] };
  const equals = text.indexOf("=");
  if (equals < 0) return at(0, `${quoted(text)} is not KEY=value`);
  const key = text.slice(0, equals);
  const keyProblem = checkKey(key);
  if (keyProblem !== undefined) return at(0, keyProblem);
  const value = readValue(text.slice(equals + 1));
  if (!value.ok) {
    return at(equals + 1 + value.index, `${key} ${value.message}`);
  }
  return { entry: { key, value: value.text, line }, problems: [] };
}

function controlMessage(text: string, index: number): string {
  return text[index] === "\r" && index === text.length - 1
    ? "ends with CR, only LF line ends are allowed"
    : `holds the control character ${quoted(text[index] ?? "")}`;
}

function checkKey(key: string): string | undefined {
  if (KEY_REGEXP.test(key)) return undefined;
  if (/^export\s/.test(key)) {
    return '"export" is not allowed, this is no script';
  }
  if (/\s$/.test(key)) return 'space before "=" is not allowed';
  return `${quoted(key)} is not a key: it must match ${KEY_REGEXP.source}`;
}

type ValueResult =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly index: number; readonly message: string };

function readValue(raw: string): ValueResult {
  const index = raw.search(/[\\$`;]/);
  const interpreted = INTERPRETED.get(raw.charAt(index));
  if (interpreted !== undefined) {
    const message = `is not literal: it holds ${interpreted}`;
    return { ok: false, index, message };
  }
  const quote = raw[0];
  return quote === '"' || quote === "'"
    ? readQuoted(raw, quote)
    : readBare(raw);
}

function readQuoted(raw: string, quote: string): ValueResult {
  const end = raw.indexOf(quote, 1);
  if (end < 0) {
    return { ok: false, index: 0, message: `has an unclosed ${quote}` };
  }
  if (end !== raw.length - 1) {
    return {
      ok: false,
      index: end + 1,
      message: "has text after its closing quote",
    };
  }
  return { ok: true, text: raw.slice(1, end) };
}

function readBare(raw: string): ValueResult {
  const quote = raw.search(/["']/);
  if (quote >= 0) {
    return {
      ok: false,
      index: quote,
      message: "has a quote inside an unquoted value",
    };
  }
  if (/^\s/.test(raw)) {
    return { ok: false, index: 0, message: 'has space after "="' };
  }
  const space = raw.search(/\s/);
  if (space >= 0) {
    return {
      ok: false,
      index: space,
      message: "holds white space and must be quoted",
    };
  }
  const comment = raw.indexOf("#");
  if (comment >= 0) {
    return {
      ok: false,
      index: comment,
      message: 'holds "#" and must be quoted',
    };
  }
  return { ok: true, text: raw };
}
