/** What the runtime packs, unpacks and computes natively. */

import { createHash } from "node:crypto";
import { pipeline, Readable } from "node:stream";
import * as zlib from "node:zlib";

/** Computes a digest over pieces. */
export interface Hasher {
  update(bytes: Uint8Array): void;
  /** The value in lower case hexadecimal; ends the computation. */
  hex(): string;
}

/** Begins a digest. */
export function hasher(algorithm: "sha256" | "sha512"): Hasher {
  const hash = createHash(algorithm);
  return {
    update: (bytes) => void hash.update(bytes),
    hex: () => hash.digest("hex"),
  };
}

/** How bytes are packed. */
export type Packing = "gzip" | "zstd";

/** A stream that cannot be unpacked. */
export class UnpackError extends Error {}

// Larger pieces take more memory and save no time.
const PIECE_BYTES = 2 ** 16;

/**
 * Unpacks a stream.
 *
 * @param chunks The packed bytes.
 * @param packing How they are packed.
 * @returns The unpacked bytes; whoever stops early stops the source, too.
 * @throws {UnpackError} If they are damaged, cut off, or packed in a way that
 * this runtime cannot unpack.
 */
export async function* unpack(
  chunks: AsyncIterable<Uint8Array>,
  packing: Packing,
): AsyncGenerator<Uint8Array, void> {
  const unpacker = makeUnpacker(packing);
  // The outcome of the pipeline shows in the loop.
  pipeline(Readable.from(chunks), unpacker, () => {});
  try {
    for await (const piece of unpacker) yield piece;
  } catch (error) {
    throw isDamage(error)
      ? new UnpackError(error.message, { cause: error })
      : error;
  }
}

// As told by zlib; the runtime gives errors of zstd no code.
function isDamage(error: unknown): error is Error {
  if (!(error instanceof Error)) return false;
  return "code" in error
    ? /^(?:Z|ZSTD)_/.test(String(error.code))
    : /^Zstd /i.test(error.message);
}

function makeUnpacker(packing: Packing) {
  const options = { chunkSize: PIECE_BYTES };
  if (packing === "gzip") return zlib.createGunzip(options);
  // Types of the runtime say it is there; older runtimes say otherwise.
  if (typeof zlib.createZstdDecompress !== "function") {
    throw new UnpackError("this version of Deno cannot unpack zstd");
  }
  return zlib.createZstdDecompress(options);
}
