/**
 * Literal `KEY=value` text: read strictly, never executed, never expanded.
 *
 * The format is a subset of what dotenv libraries read, without everything that
 * they, shells or container engines expand, execute or see differently; only
 * quotes around a whole value are taken off, as shells and those libraries do.
 *
 * @module
 */

import { asciiText } from "../text/ascii.ts";
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
const LINE_FEED = 0x0a;
const BYTE_ORDER_MARK = "\ufeff";

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
 * @returns The entries in order, or the first problem of every line, in order;
 * a key that is set again is reported beside a problem of its value.
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
  return parseRows(splitRows(bytes));
}

function failed(line: number, column: number, message: string): EnvFileResult {
  return { ok: false, problems: [{ line, column, message }] };
}

/** A line feed is never part of a longer UTF-8 sequence, so bytes can be split. */
function splitRows(bytes: Uint8Array): Uint8Array[] {
  const rows: Uint8Array[] = [];
  let start = 0;
  for (;;) {
    const end = bytes.indexOf(LINE_FEED, start);
    if (end < 0) break;
    rows.push(bytes.subarray(start, end));
    start = end + 1;
  }
  rows.push(bytes.subarray(start));
  return rows;
}

function decoder(): TextDecoder {
  return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
}

function decode(row: Uint8Array): string | undefined {
  const ascii = asciiText(row);
  if (ascii !== undefined) return ascii;
  try {
    return decoder().decode(row);
  } catch {
    return undefined;
  }
}

/** How many UTF-16 code units stand before the first byte that does not decode. */
function brokenIndex(row: Uint8Array): number {
  const strict = decoder();
  let index = 0;
  try {
    for (let i = 0; i < row.length; i++) {
      const byte = row.subarray(i, i + 1);
      index += strict.decode(byte, { stream: true }).length;
    }
  } catch {
    // The sequence that this byte breaks has not been counted.
  }
  return index;
}

function parseRows(rows: readonly Uint8Array[]): EnvFileResult {
  const entries: EnvEntry[] = [];
  const problems: EnvProblem[] = [];
  const firstLine = new Map<string, number>();
  for (const [index, row] of rows.entries()) {
    const line = index + 1;
    const { key, value, problem } = parseRow(row, line);
    const first = key === undefined ? undefined : firstLine.get(key);
    if (first !== undefined) {
      const message = `${key} is set again, first on line ${first}`;
      problems.push({ line, column: 1, message });
    }
    if (problem !== undefined) problems.push(problem);
    if (key === undefined || first !== undefined) continue;
    firstLine.set(key, line);
    if (value !== undefined) entries.push({ key, value, line });
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, entries };
}

interface RowResult {
  /** The key, if the row sets one, rightly or wrongly. */
  readonly key?: string;
  readonly value?: string;
  readonly problem?: EnvProblem;
}

function parseRow(row: Uint8Array, line: number): RowResult {
  const text = decode(row);
  if (text !== undefined) return parseLine(text, line);
  const column = brokenIndex(row) + 1;
  return { problem: { line, column, message: "is not UTF-8 text" } };
}

function parseLine(text: string, line: number): RowResult {
  const at = (index: number, message: string): RowResult => ({
    problem: { line, column: index + 1, message },
  });
  if (line === 1 && text.startsWith(BYTE_ORDER_MARK)) {
    return at(0, "begins with a byte order mark");
  }
  const control = controlIndex(text);
  if (control >= 0) return at(control, controlMessage(text, control));
  if (text.trim() === "" || text.startsWith("#")) return {};
  const equals = text.indexOf("=");
  if (equals < 0) return at(0, `${quoted(text)} is not KEY=value`);
  const key = text.slice(0, equals);
  const keyProblem = checkKey(key);
  if (keyProblem !== undefined) return at(0, keyProblem);
  const value = readValue(text.slice(equals + 1));
  if (value.ok) return { key, value: value.text };
  return { key, ...at(equals + 1 + value.index, `${key} ${value.message}`) };
}

// A regular expression would take longer to be compiled than all lines to be read.
function controlIndex(text: string): number {
  for (let index = 0; index < text.length; index++) {
    if (isControl(text.charCodeAt(index))) return index;
  }
  return -1;
}

function isControl(code: number): boolean {
  return code < 0x20 || (code >= 0x7f && code <= 0x9f) ||
    code === 0x2028 || code === 0x2029 || code === 0xfeff;
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
