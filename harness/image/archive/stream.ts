/**
 * Streams that check what passes through them.
 *
 * @module
 */

import { hasher, type Packing, unpack, UnpackError } from "./_codecs.ts";
import { ArchiveError } from "./archive_error.ts";
import type { ByteStream } from "./byte_reader.ts";
import { type Digest, digestText } from "./digest.ts";
import type { ArchiveLimits } from "./limits.ts";
import { zstdFrames } from "./zstd_frames.ts";

/**
 * Hands bytes on, and at their end compares their digest.
 *
 * @param chunks The bytes.
 * @param wanted The digest they should have.
 * @returns The same bytes.
 * @throws {ArchiveError} At the end, if the digest is another one.
 *
 * @example Content that is not what its name says
 * ```ts
 * import { digested } from "./stream.ts";
 * import { ArchiveError } from "./archive_error.ts";
import type { ByteStream } from "./byte_reader.ts";
 * import { assertRejects } from "@std/assert";
 *
 * async function* chunks() {
 *   yield new Uint8Array([1]);
 * }
 * const wanted = { algorithm: "sha256", hex: "0".repeat(64) } as const;
 * await assertRejects(
 *   () => Array.fromAsync(digested(chunks(), wanted)),
 *   ArchiveError,
 *   "wanted digest sha256:0000",
 * );
 * ```
 */
export async function* digested(
  chunks: ByteStream,
  wanted: Digest,
): AsyncGenerator<Uint8Array, void> {
  const hash = hasher(wanted.algorithm);
  for await (const chunk of chunks) {
    hash.update(chunk);
    yield chunk;
  }
  const hex = hash.hex();
  if (hex === wanted.hex) return;
  const found = digestText({ algorithm: wanted.algorithm, hex });
  throw new ArchiveError(
    `wanted digest ${digestText(wanted)}, found ${found}`,
  );
}

/**
 * Computes the digest of bytes.
 *
 * @param bytes The bytes.
 * @returns Their SHA-256 digest.
 *
 * @example Usage
 * ```ts
 * import { digestOf } from "./stream.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(digestOf(new Uint8Array()).hex.slice(0, 8), "e3b0c442");
 * ```
 */
export function digestOf(bytes: Uint8Array): Digest {
  const hash = hasher("sha256");
  hash.update(bytes);
  return { algorithm: "sha256", hex: hash.hex() };
}

/** How packed bytes begin; zstd may begin with a frame for skipping. */
const MAGIC: readonly (readonly [RegExp, Packing])[] = [
  [/^1f8b/, "gzip"],
  [/^(?:28b52ffd|5[0-9a-f]2a4d18)/, "zstd"],
];

/**
 * Tells from the first bytes how a stream is packed.
 *
 * @param bytes The first bytes, four or more.
 * @returns How, or nothing if it is not.
 *
 * @example Usage
 * ```ts
 * import { packingOf } from "./stream.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(packingOf(new Uint8Array([0x1f, 0x8b, 8])), "gzip");
 * assertEquals(packingOf(new Uint8Array(512)), undefined);
 * ```
 */
export function packingOf(bytes: Uint8Array): Packing | undefined {
  const hex = [...bytes.subarray(0, 4)]
    .map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return MAGIC.find(([pattern]) => pattern.test(hex))?.[1];
}

/**
 * Unpacks a stream if it is packed, within limits.
 *
 * @param chunks The bytes, packed or not.
 * @param limits How many may come out.
 * @returns The unpacked bytes.
 * @throws {ArchiveError} If they are damaged, cut off, or too many.
 *
 * @example What is not packed stays as it is
 * ```ts
 * import { unpacked } from "./stream.ts";
 * import { ARCHIVE_LIMITS } from "./limits.ts";
 * import { assertEquals } from "@std/assert";
 *
 * async function* chunks() {
 *   yield new Uint8Array([1, 2, 3]);
 * }
 * const pieces = await Array.fromAsync(unpacked(chunks(), ARCHIVE_LIMITS));
 * assertEquals(pieces, [new Uint8Array([1, 2, 3])]);
 * ```
 */
export async function* unpacked(
  chunks: ByteStream,
  limits: ArchiveLimits,
): AsyncGenerator<Uint8Array, void> {
  const input = new Counted(chunks);
  const packing = packingOf(await input.peek());
  const output = packing === undefined ? input : UNPACKERS[packing](input);
  let bytes = 0;
  try {
    for await (const chunk of output) {
      bytes += chunk.length;
      refuseBomb(bytes, input.bytes, limits);
      yield chunk;
    }
  } catch (error) {
    if (!(error instanceof UnpackError)) throw error;
    throw new ArchiveError(
      `its ${packing} cannot be unpacked: ${error.message}`,
    );
  }
}

const UNPACKERS: Readonly<Record<Packing, (input: ByteStream) => ByteStream>> =
  {
    gzip: (input) => unpack(input, "gzip"),
    async *zstd(input) {
      for await (const frame of zstdFrames(input)) yield* unpack(frame, "zstd");
    },
  };

function refuseBomb(
  bytes: number,
  from: number,
  { layerBytes, ratio, ratioFrom }: ArchiveLimits,
): void {
  if (bytes > layerBytes) {
    throw new ArchiveError(
      `it unpacks to more than ${layerBytes} bytes, which no image needs`,
    );
  }
  if (bytes > ratioFrom && bytes > from * ratio) {
    throw new ArchiveError(
      `it unpacks to more than ${ratio} times its size: ${bytes} bytes from ${from}`,
    );
  }
}

/** A stream that counts, and whose beginning can be looked at. */
class Counted implements AsyncIterable<Uint8Array> {
  readonly #iterator: AsyncIterator<Uint8Array>;
  #first: Uint8Array = new Uint8Array();
  bytes = 0;

  constructor(chunks: ByteStream) {
    this.#iterator = chunks[Symbol.asyncIterator]();
  }

  async peek(): Promise<Uint8Array> {
    const { done, value } = await this.#iterator.next();
    if (!done) this.#first = value;
    return this.#first;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array, void> {
    try {
      let chunk: Uint8Array | undefined = this.#first;
      while (chunk !== undefined) {
        this.bytes += chunk.length;
        yield chunk;
        const next = await this.#iterator.next();
        chunk = next.done ? undefined : next.value;
      }
    } finally {
      await this.#iterator.return?.();
    }
  }
}
