/**
 * Where the bytes of a saved image come from.
 *
 * @module
 */

import { type Host, HostError, type OpenFile } from "../../../host/host.ts";
import { ArchiveError } from "./archive_error.ts";
import type { ByteSource } from "./byte_reader.ts";

/** A byte source that holds something open. */
export interface OpenSource extends ByteSource, Disposable {}

const CHUNK_BYTES = 2 ** 16;

/**
 * Opens a regular file as a byte source.
 *
 * @param host The machine.
 * @param path The file.
 * @returns The source.
 * @throws {ArchiveError} If there is no such file, or it is a device or a FIFO,
 * which might never end.
 *
 * @example Usage
 * ```ts
 * import { openSource } from "./byte_source.ts";
 * import { MemoryHost } from "../../../host/memory_host.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const host = new MemoryHost({ files: { "/a.tar": "abc" } });
 * using source = openSource(host, "/a.tar");
 * const [chunk] = await Array.fromAsync(source.chunks(1));
 * assertEquals(new TextDecoder().decode(chunk), "bc");
 * ```
 */
export function openSource(
  host: Pick<Host, "stat" | "openFile">,
  path: string,
): OpenSource {
  try {
    if (host.stat(path).kind !== "file") {
      throw new ArchiveError("it is no regular file");
    }
    const file = host.openFile(path);
    return {
      size: file.size,
      chunks: (offset) => read(file, offset),
      [Symbol.dispose]: () => file[Symbol.dispose](),
    };
  } catch (error) {
    throw error instanceof HostError ? new ArchiveError(error.reason) : error;
  }
}

async function* read(
  file: OpenFile,
  offset: number,
): AsyncGenerator<Uint8Array, void> {
  for (let at = offset;;) {
    const chunk = new Uint8Array(CHUNK_BYTES);
    const length = file.read(chunk, at);
    if (length === 0) return;
    at += length;
    yield chunk.subarray(0, length);
  }
}

/**
 * Limits a source to a part of it.
 *
 * @param source The source.
 * @param offset Where the part begins.
 * @param size How long it is.
 * @returns Its bytes.
 * @throws {ArchiveError} If the source ends before it.
 *
 * @example Usage
 * ```ts
 * import { slice } from "./byte_source.ts";
 * import { assertEquals } from "@std/assert";
 *
 * async function* chunks(offset: number) {
 *   yield new Uint8Array([1, 2, 3, 4]).subarray(offset);
 * }
 * const pieces = await Array.fromAsync(slice({ size: 4, chunks }, 1, 2));
 * assertEquals(pieces, [new Uint8Array([2, 3])]);
 * ```
 */
export async function* slice(
  source: ByteSource,
  offset: number,
  size: number,
): AsyncGenerator<Uint8Array, void> {
  let left = size;
  if (left === 0) return;
  for await (const chunk of source.chunks(offset)) {
    const piece = chunk.subarray(0, left);
    left -= piece.length;
    yield piece;
    if (left === 0) return;
  }
  throw new ArchiveError(`it is cut off: ${left} of ${size} bytes are missing`);
}

/**
 * A source that can only be read forwards, made to look like one that can be
 * read from any place: asked for what has gone by, it begins anew.
 */
export class ForwardSource implements ByteSource {
  /** Not known before all of it was read. */
  readonly size: undefined;
  readonly #open: () => AsyncIterable<Uint8Array>;
  #iterator: AsyncIterator<Uint8Array> | undefined;
  #chunk: Uint8Array = new Uint8Array();
  #start = 0;

  /**
   * Makes the source.
   *
   * @param open Begins to read, from the beginning.
   */
  constructor(open: () => AsyncIterable<Uint8Array>) {
    this.#open = open;
  }

  /**
   * Reads. Only one reader at a time.
   *
   * @param offset Where to begin.
   * @returns What follows.
   */
  async *chunks(offset: number): AsyncGenerator<Uint8Array, void> {
    if (offset < this.#start) await this.#rewind();
    for (let at = offset;;) {
      const end = this.#start + this.#chunk.length;
      if (at < end) {
        const piece = this.#chunk.subarray(at - this.#start);
        at = end;
        yield piece;
      } else if (!await this.#advance()) return;
    }
  }

  async #advance(): Promise<boolean> {
    this.#iterator ??= this.#open()[Symbol.asyncIterator]();
    const { done, value } = await this.#iterator.next();
    if (done) return false;
    this.#start += this.#chunk.length;
    this.#chunk = value;
    return true;
  }

  async #rewind(): Promise<void> {
    await this.#iterator?.return?.();
    this.#iterator = undefined;
    this.#chunk = new Uint8Array();
    this.#start = 0;
  }
}
