/**
 * One header block of a tar archive, and the records of an extended header.
 *
 * Strict where readers of the format differ: what one of them takes for a
 * plugin, another must not take for padding.
 *
 * Source: POSIX.1-2017, pax, "ustar Interchange Format" and "pax Extended
 * Header"; GNU tar manual, "Basic Tar Format".
 *
 * @module
 */

import { quoted } from "../../../text/printable.ts";
import { ArchiveError } from "./archive_error.ts";

/** What an entry of an archive is. */
export type TarKind =
  | "file"
  | "directory"
  | "symlink"
  | "hardlink"
  /** A device or a FIFO. */
  | "other";

/** What a header says about the next header, not about an entry. */
export type TarMetaKind = "pax" | "pax-global" | "long-name" | "long-target";

/** What every header says. */
export interface TarFields {
  /** The name as written. */
  readonly name: string;
  /** Permission bits with set-uid, set-gid and sticky. */
  readonly mode: number;
  /** The owner. */
  readonly uid: number;
  /** The group. */
  readonly gid: number;
  /** Bytes of content that follow. */
  readonly size: number;
  /** What a link points at, as written; empty if it is none. */
  readonly target: string;
}

/** A header block: of an entry, or about the next one. */
export type TarHeader =
  | (TarFields & { readonly kind: TarKind })
  | (TarFields & { readonly kind: TarMetaKind });

/** Bytes of a block. */
export const TAR_BLOCK = 512;

const KINDS: ReadonlyMap<string, TarHeader["kind"]> = new Map<
  string,
  TarHeader["kind"]
>([
  ["0", "file"],
  ["\0", "file"],
  ["7", "file"],
  ["1", "hardlink"],
  ["2", "symlink"],
  ["3", "other"],
  ["4", "other"],
  ["5", "directory"],
  ["6", "other"],
  ["x", "pax"],
  ["g", "pax-global"],
  ["L", "long-name"],
  ["K", "long-target"],
]);

const CHECKSUM = { offset: 148, length: 8 } as const;
const BLANK = 32;

/**
 * Reads a header block.
 *
 * @param block Its 512 bytes.
 * @returns What it says, or nothing if it is all zeros.
 * @throws {ArchiveError} If it is no header, or of a kind that engines read
 * differently or not at all.
 *
 * @example Usage
 * ```ts
 * import { parseTarHeader, TAR_BLOCK } from "./tar_header.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(parseTarHeader(new Uint8Array(TAR_BLOCK)), undefined);
 * ```
 */
export function parseTarHeader(block: Uint8Array): TarHeader | undefined {
  if (block[0] === 0 && block.every((byte) => byte === 0)) return undefined;
  checkSum(block);
  const name = fullName(block);
  const type = String.fromCharCode(block[156] ?? 0);
  const kind = KINDS.get(type);
  const fail = (problem: string) =>
    new ArchiveError(problem, { place: { entry: name } });
  if (type === "S") throw fail("it is a sparse file, which cannot be read");
  if (kind === undefined) {
    throw fail(`it is of the unknown kind ${quoted(type)}`);
  }
  const number = (field: string, offset: number, length: number) => {
    const value = parseNumber(block.subarray(offset, offset + length));
    if (value === undefined) throw fail(`its ${field} is no number`);
    return value;
  };
  return {
    kind,
    name,
    mode: number("mode", 100, 8) & 0o7777,
    uid: number("owner", 108, 8),
    gid: number("group", 116, 8),
    size: number("size", 124, 12),
    target: text(block, 157, 100),
  };
}

// A loop by index: this is where most of the time for a layer would go.
function checkSum(block: Uint8Array): void {
  const { offset, length } = CHECKSUM;
  const wanted = parseNumber(block.subarray(offset, offset + length));
  let sum = BLANK * length;
  let negative = 0;
  for (let index = 0; index < TAR_BLOCK; index++) {
    if (index === offset) index += length;
    const byte = block[index] ?? 0;
    sum += byte;
    if (byte > 127) negative++;
  }
  // Old writers took bytes for signed.
  if (wanted === sum || wanted === sum - 256 * negative) return;
  throw new ArchiveError(
    "wanted a tar header, found one whose checksum is wrong",
  );
}

// The prefix is part of the name in POSIX headers only; star's end earlier.
function fullName(block: Uint8Array): string {
  const name = text(block, 0, 100);
  if (text(block, 257, 6) !== "ustar" || block[262] !== 0) return name;
  const isStar = text(block, 508, 4) === "tar";
  const prefix = text(block, 345, isStar ? 131 : 155);
  return prefix === "" ? name : `${prefix}/${name}`;
}

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

function text(block: Uint8Array, offset: number, length: number): string {
  const end = block.indexOf(0, offset);
  const isShort = end !== -1 && end < offset + length;
  if (end === offset) return "";
  return decoder.decode(
    block.subarray(offset, isShort ? end : offset + length),
  );
}

// Octal digits, or base 256 when the first bit is set. An empty field is 0.
function parseNumber(field: Uint8Array): number | undefined {
  const [first = 0] = field;
  if (first < 0x80) return parseOctal(field);
  if (first !== 0x80) return undefined;
  const value = field.slice(1).reduce((sum, byte) => sum * 256 + byte, 0);
  return Number.isSafeInteger(value) ? value : undefined;
}

const ZERO = 48;
const EIGHT = 56;

// Blanks, digits, then blanks or zero bytes; what follows a zero byte is none.
function parseOctal(field: Uint8Array): number | undefined {
  let value = 0;
  let index = 0;
  while (field[index] === BLANK) index++;
  for (let byte = field[index] ?? 0; byte !== 0 && byte !== BLANK;) {
    if (byte < ZERO || byte >= EIGHT) return undefined;
    value = value * 8 + byte - ZERO;
    byte = field[++index] ?? 0;
  }
  while (field[index] === BLANK) index++;
  return (field[index] ?? 0) === 0 ? value : undefined;
}

/**
 * Reads the records of an extended header.
 *
 * @param content The records, `LENGTH KEY=VALUE` and a line break each.
 * @returns The values by key.
 * @throws {ArchiveError} If a record is malformed or given twice.
 *
 * @example Usage
 * ```ts
 * import { parsePaxRecords } from "./tar_header.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const records = parsePaxRecords(new TextEncoder().encode("11 path=ab\n"));
 * assertEquals(records.get("path"), "ab");
 * ```
 */
export function parsePaxRecords(
  content: Uint8Array,
): ReadonlyMap<string, string> {
  const records = new Map<string, string>();
  for (let at = 0; at < content.length;) {
    const { end, key, value } = parseRecord(content, at);
    if (records.has(key)) throw malformed(`${quoted(key)} is given twice`);
    records.set(key, value);
    at = end;
  }
  return records;
}

// Longer numbers than any record is long are not worth being looked at.
const MAX_LENGTH_DIGITS = 8;

function parseRecord(
  content: Uint8Array,
  at: number,
): { end: number; key: string; value: string } {
  const blank = content.indexOf(BLANK, at);
  const digits = content.subarray(at, Math.min(blank, at + MAX_LENGTH_DIGITS));
  const length = blank === -1 ? "" : decoder.decode(digits);
  const end = at + Number(length);
  if (!/^[1-9]\d*$/.test(length) || end > content.length) {
    throw malformed("a record has no valid length");
  }
  const record = decoder.decode(content.subarray(blank + 1, end));
  const [whole, key = "", value = ""] = /^([^=]+)=(.*)\n$/s.exec(record) ?? [];
  if (whole === undefined) throw malformed("a record is not KEY=VALUE");
  return { end, key, value };
}

function malformed(problem: string): ArchiveError {
  return new ArchiveError(`an extended header is malformed: ${problem}`);
}
