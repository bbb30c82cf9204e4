/**
 * The frames of a zstd stream: runtimes unpack one, and take no notice of what
 * comes behind it or is missing of it.
 *
 * Source: RFC 8878, sections 3.1.1 and 3.1.2.
 *
 * @module
 */

import { ArchiveError } from "./archive_error.ts";
import { ByteReader, type ByteStream } from "./byte_reader.ts";

const MAGIC = 0xfd2fb528;
const SKIPPABLE = 0x184d2a5;
const MAGIC_BYTES = 4;
const BLOCK_HEADER_BYTES = 3;
const CHECKSUM_BYTES = 4;
const REPEATED = 1;
const RESERVED = 3;
/** Bytes of the content size, by the two bits that say it. */
const CONTENT_SIZES = [0, 2, 4, 8] as const;
const DICTIONARY_SIZES = [0, 1, 2, 4] as const;

/**
 * Takes a zstd stream apart.
 *
 * @param chunks The stream.
 * @returns Its frames, those for skipping left out. Each has to be read to its
 * end before the next one is asked for.
 * @throws {ArchiveError} If it is no such stream, or is cut off.
 *
 * @example What is no frame
 * ```ts
 * import { zstdFrames } from "./zstd_frames.ts";
 * import { ArchiveError } from "./archive_error.ts";
 * import { assertRejects } from "@std/assert";
 *
 * async function* chunks() {
 *   yield new Uint8Array(8);
 * }
 * await assertRejects(
 *   () => Array.fromAsync(zstdFrames(chunks())),
 *   ArchiveError,
 *   "wanted a zstd frame",
 * );
 * ```
 */
export async function* zstdFrames(
  chunks: ByteStream,
): AsyncGenerator<ByteStream, void> {
  const source = { size: undefined, chunks: () => chunks };
  await using reader = new ByteReader(source);
  for (;;) {
    const magic = await reader.read(MAGIC_BYTES);
    if (magic === undefined) return;
    const number = littleEndian(magic);
    if (number === MAGIC) yield frame(reader, magic);
    else if (number >>> 4 === SKIPPABLE) {
      await reader.skip(littleEndian(await need(reader, MAGIC_BYTES)));
    } else throw new ArchiveError("wanted a zstd frame, found something else");
  }
}

async function* frame(
  reader: ByteReader,
  magic: Uint8Array,
): AsyncGenerator<Uint8Array, void> {
  yield magic;
  const descriptor = await need(reader, 1);
  yield descriptor;
  const [bits = 0] = descriptor;
  yield await need(reader, headerSize(bits));
  for (let isLast = false; !isLast;) {
    const header = await need(reader, BLOCK_HEADER_BYTES);
    const block = littleEndian(header);
    const type = (block >>> 1) & 3;
    if (type === RESERVED) throw new ArchiveError("a zstd block is malformed");
    yield header;
    yield await need(reader, type === REPEATED ? 1 : block >>> 3);
    isLast = (block & 1) === 1;
  }
  if ((bits & 4) !== 0) yield await need(reader, CHECKSUM_BYTES);
}

/** What follows the descriptor: window, dictionary, content size. */
function headerSize(bits: number): number {
  const isSingle = (bits & 0x20) !== 0;
  const content = CONTENT_SIZES[(bits >>> 6) & 3] ?? 0;
  const dictionary = DICTIONARY_SIZES[bits & 3] ?? 0;
  return dictionary + (isSingle ? Math.max(content, 1) : content + 1);
}

async function need(reader: ByteReader, length: number): Promise<Uint8Array> {
  const bytes = await reader.read(length);
  if (bytes === undefined) throw new ArchiveError("it is cut off");
  return bytes;
}

function littleEndian(bytes: Uint8Array): number {
  return bytes.reduceRight((sum, byte) => sum * 256 + byte, 0);
}
