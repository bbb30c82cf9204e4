/** Writes small tar archives for tests, broken ones too. */

import { joinChunks } from "../../process/_join_chunks.ts";

/** An entry as a test writes it down. */
export interface TestEntry {
  readonly name: string;
  /** The type byte. Default: a folder if the name ends in `/`, else a file. */
  readonly type?: string;
  readonly mode?: number;
  readonly uid?: number;
  readonly gid?: number;
  readonly content?: string | Uint8Array;
  /** What a link points at. */
  readonly target?: string;
  /** What the header says, if not the truth. */
  readonly size?: number;
  /** Records of an extended header in front. */
  readonly pax?: Readonly<Record<string, string>>;
  /** Changes the finished header; the checksum is made anew. */
  readonly patch?: (header: Uint8Array) => void;
}

const BLOCK = 512;
const encoder = new TextEncoder();

/** Bytes of a text, or bytes as they are. */
export function bytesOf(content: string | Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(
    typeof content === "string" ? encoder.encode(content) : content,
  );
}

/** An archive with its end. */
export function tarOf(entries: readonly TestEntry[]): Uint8Array<ArrayBuffer> {
  return joined([...entries.map(entryOf), new Uint8Array(2 * BLOCK)]);
}

/** The blocks of one entry. */
export function entryOf(entry: TestEntry): Uint8Array<ArrayBuffer> {
  const content = bytesOf(entry.content ?? "");
  const pax = Object.entries(entry.pax ?? {});
  const extended = pax.length === 0 ? [] : [
    entryOf({ name: "pax", type: "x", content: paxOf(pax) }),
  ];
  return joined([
    ...extended,
    headerOf(entry, content.length),
    content,
    new Uint8Array(-content.length & (BLOCK - 1)),
  ]);
}

/** Pieces put together. */
export function joined(
  pieces: readonly Uint8Array[],
): Uint8Array<ArrayBuffer> {
  const size = pieces.reduce((sum, { length }) => sum + length, 0);
  return new Uint8Array(joinChunks(pieces, size));
}

/** Records of an extended header. */
export function paxOf(
  records: readonly (readonly [string, string])[],
): string {
  return records.map(([key, value]) => {
    const rest = bytesOf(` ${key}=${value}\n`).length;
    let length = rest + 1;
    while (length !== rest + String(length).length) length++;
    return `${length} ${key}=${value}\n`;
  }).join("");
}

function headerOf(entry: TestEntry, size: number): Uint8Array {
  const { name, mode, uid = 0, gid = 0, target = "" } = entry;
  const type = entry.type ?? (name.endsWith("/") ? "5" : "0");
  const header = new Uint8Array(BLOCK);
  const write = (text: string, offset: number) =>
    header.set(encoder.encode(text), offset);
  const octal = (value: number, digits: number) =>
    value.toString(8).padStart(digits, "0");
  write(name.slice(0, 100), 0);
  write(octal(mode ?? (type === "5" ? 0o755 : 0o644), 7), 100);
  write(octal(uid, 7), 108);
  write(octal(gid, 7), 116);
  write(octal(entry.size ?? size, 11), 124);
  write(octal(0, 11), 136);
  write(type, 156);
  write(target.slice(0, 100), 157);
  write("ustar\0" + "00", 257);
  entry.patch?.(header);
  header.fill(32, 148, 156);
  write(octal(header.reduce((sum, byte) => sum + byte, 0), 6) + "\0", 148);
  return header;
}
