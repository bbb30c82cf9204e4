/**
 * The entries of a tar archive, one after the other, nothing kept.
 *
 * The libraries for this read on behind the end of an archive, apply global
 * records to names, or take a kind they do not know for a file. Engines do
 * not, so what was checked would not be what runs. This reader takes what
 * engines agree on and refuses the rest.
 *
 * @module
 */

import { quoted } from "../../../text/printable.ts";
import { ArchiveError } from "./archive_error.ts";
import { ByteReader, type ByteSource } from "./byte_reader.ts";
import {
  parsePaxRecords,
  parseTarHeader,
  TAR_BLOCK,
  type TarFields,
  type TarHeader,
  type TarKind,
  type TarMetaKind,
} from "./tar_header.ts";

/** An entry of an archive. It can be read until the next one is asked for. */
export interface TarEntry extends TarFields {
  /** What it is. */
  readonly kind: TarKind;
  /** Whether it carries capabilities, which are privileges of a file. */
  readonly hasCapabilities: boolean;
  /** Where its content begins in the archive. */
  readonly offset: number;
  /** Reads its whole content into memory. */
  read(): Promise<Uint8Array>;
}

/** Bytes of one extended header; a path has at most 4096. */
const MAX_META_BYTES = 2 ** 20;

/** What describes the entry that comes next. */
interface Pending {
  pax?: ReadonlyMap<string, string>;
  name?: string;
  target?: string;
}

const PENDING_KEYS = {
  "pax": "pax",
  "pax-global": undefined,
  "long-name": "name",
  "long-target": "target",
} as const;

/**
 * Reads a tar archive.
 *
 * Content that nobody reads is passed over, without reading it where the
 * source knows its size.
 *
 * @param source The archive.
 * @returns Its entries.
 * @throws {ArchiveError} If it is no archive, is cut off, or says something
 * that engines understand differently.
 *
 * @example An empty archive
 * ```ts
 * import { readTar } from "./read_tar.ts";
 * import { assertEquals } from "@std/assert";
 *
 * async function* chunks() {
 *   yield new Uint8Array(1024);
 * }
 * const entries = await Array.fromAsync(readTar({ size: undefined, chunks }));
 * assertEquals(entries, []);
 * ```
 */
export async function* readTar(
  source: ByteSource,
): AsyncGenerator<TarEntry, void> {
  await using reader = new ByteReader(source);
  for (;;) {
    const header = await nextHeader(reader);
    if (header === undefined) return await readEnd(reader);
    const end = reader.offset + padded(header.size);
    const { offset } = reader;
    let content: Promise<Uint8Array> | undefined;
    const read = () => content ??= readContent(reader, header.size);
    yield { ...header, offset, read };
    await content;
    await reader.skip(end - reader.offset);
  }
}

type EntryHeader = Omit<TarEntry, "offset" | "read">;

async function nextHeader(
  reader: ByteReader,
): Promise<EntryHeader | undefined> {
  const pending: Pending = {};
  for (;;) {
    const block = await reader.read(TAR_BLOCK);
    const header = block === undefined ? undefined : parseTarHeader(block);
    if (header === undefined) {
      if (Object.keys(pending).length === 0) return undefined;
      throw new ArchiveError("it ends behind an extended header");
    }
    if (!isMeta(header)) return describe(header, pending);
    await readMeta(reader, header, pending);
  }
}

type Meta = Extract<TarHeader, { kind: TarMetaKind }>;

function isMeta(header: TarHeader): header is Meta {
  return Object.hasOwn(PENDING_KEYS, header.kind);
}

async function readMeta(
  reader: ByteReader,
  { kind, size }: Meta,
  pending: Pending,
): Promise<void> {
  if (size > MAX_META_BYTES) {
    throw new ArchiveError(
      `an extended header has ${size} bytes, at most ${MAX_META_BYTES} are read`,
    );
  }
  const content = await readContent(reader, size);
  await reader.skip(padded(size) - size);
  const key = PENDING_KEYS[kind];
  if (key !== undefined && pending[key] !== undefined) {
    throw new ArchiveError("an entry has two extended headers of one kind");
  }
  if (kind === "pax") pending.pax = parsePaxRecords(content);
  else if (kind === "long-name") pending.name = untilZero(content);
  else if (kind === "long-target") pending.target = untilZero(content);
  else refuseGlobal(parsePaxRecords(content));
}

async function readContent(
  reader: ByteReader,
  size: number,
): Promise<Uint8Array> {
  const content = await reader.read(size);
  if (content === undefined) throw new ArchiveError("it is cut off");
  return content;
}

function untilZero(content: Uint8Array): string {
  const end = content.indexOf(0);
  return new TextDecoder().decode(
    end === -1 ? content : content.subarray(0, end),
  );
}

/** Keys that change what an entry is. */
const MEANINGFUL = /^(?:path|linkpath|size|uid|gid|GNU\.sparse\..*)$/;

// Some readers apply them to every entry that follows, engines do not.
function refuseGlobal(records: ReadonlyMap<string, string>): void {
  const key = [...records.keys()].find((key) => MEANINGFUL.test(key));
  if (key === undefined) return;
  throw new ArchiveError(
    `a global extended header sets ${
      quoted(key)
    }, which readers understand differently`,
  );
}

const NO_RECORDS: ReadonlyMap<string, string> = new Map();

/** Content behind these is read by some engines and taken for none by others. */
const WITHOUT_CONTENT: ReadonlySet<string> = new Set([
  "symlink",
  "hardlink",
  "other",
]);

function describe(
  header: Exclude<TarHeader, Meta>,
  { pax = NO_RECORDS, name, target }: Pending,
): EntryHeader {
  const { kind } = header;
  const entry = name ?? pax.get("path") ?? header.name;
  const number = (key: string, otherwise: number) =>
    wholeNumber(pax.get(key)) ?? otherwise;
  const size = number("size", header.size);
  const refusal = name !== undefined && pax.has("path")
    ? "it is named twice"
    : [...pax.keys()].some((key) => key.startsWith("GNU.sparse."))
    ? "it is a sparse file, which cannot be read"
    : WITHOUT_CONTENT.has(kind) && size > 0
    ? "it is no file, but has content"
    : kind === "file" && entry.endsWith("/")
    ? "it is a file, but named like a folder"
    : undefined;
  if (refusal !== undefined) {
    throw new ArchiveError(refusal, { place: { entry } });
  }
  return {
    ...header,
    name: entry,
    target: target ?? pax.get("linkpath") ?? header.target,
    uid: number("uid", header.uid),
    gid: number("gid", header.gid),
    size: kind === "file" ? size : 0,
    hasCapabilities: pax.has("SCHILY.xattr.security.capability"),
  };
}

function wholeNumber(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(value)) return value;
  throw new ArchiveError(
    `an extended header says ${quoted(text)}, wanted a number`,
  );
}

function padded(size: number): number {
  return Math.ceil(size / TAR_BLOCK) * TAR_BLOCK;
}

/** Behind the first block of zeros there may be nothing but zeros. */
async function readEnd(reader: ByteReader): Promise<void> {
  for (;;) {
    const bytes = await reader.readSome();
    if (bytes === undefined) return;
    if (bytes.some((byte) => byte !== 0)) {
      throw new ArchiveError("something stands behind its end");
    }
  }
}
