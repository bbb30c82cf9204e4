/**
 * Bytes in the sizes a format asks for, out of chunks in any size.
 *
 * @module
 */

import { joinChunks } from "../../process/_join_chunks.ts";
import { ArchiveError } from "./archive_error.ts";

/** A stream of bytes. */
export type ByteStream = AsyncIterable<Uint8Array>;

/** Something that can be read from any place on, more than once. */
export interface ByteSource {
  /** How many bytes there are, where that is known without reading them. */
  readonly size: number | undefined;
  /**
   * Reads.
   *
   * @param offset Where to begin.
   * @returns What follows, in chunks that stay as they are.
   */
  chunks(offset: number): ByteStream;
}

const EMPTY = new Uint8Array();

/**
 * Reads a source from its beginning.
 *
 * @example Usage
 * ```ts
 * import { ByteReader } from "./byte_reader.ts";
 * import { assertEquals } from "@std/assert";
 *
 * async function* chunks() {
 *   yield new Uint8Array([1, 2]);
 *   yield new Uint8Array([3, 4, 5]);
 * }
 * const reader = new ByteReader({ size: undefined, chunks });
 * assertEquals(await reader.read(3), new Uint8Array([1, 2, 3]));
 * await reader.skip(1);
 * assertEquals(reader.offset, 4);
 * assertEquals(await reader.read(1), new Uint8Array([5]));
 * assertEquals(await reader.read(1), undefined);
 * ```
 */
export class ByteReader implements AsyncDisposable {
  readonly #source: ByteSource;
  #iterator: AsyncIterator<Uint8Array>;
  #chunk: Uint8Array = EMPTY;
  #offset = 0;

  /**
   * Begins to read.
   *
   * @param source What to read.
   */
  constructor(source: ByteSource) {
    this.#source = source;
    this.#iterator = source.chunks(0)[Symbol.asyncIterator]();
  }

  /** How many bytes were read or skipped. */
  get offset(): number {
    return this.#offset;
  }

  /**
   * Reads an exact number of bytes.
   *
   * @param length How many.
   * @returns The bytes, or nothing at the end.
   * @throws {ArchiveError} If the end comes before them.
   */
  async read(length: number): Promise<Uint8Array | undefined> {
    if (this.#chunk.length < length && !await this.#gather(length)) {
      return undefined;
    }
    const bytes = this.#chunk.subarray(0, length);
    this.#consume(length);
    return bytes;
  }

  /**
   * Reads whatever comes next.
   *
   * @returns At least one byte, or nothing at the end.
   */
  async readSome(): Promise<Uint8Array | undefined> {
    if (this.#chunk.length === 0 && !await this.#pull()) return undefined;
    const bytes = this.#chunk;
    this.#consume(bytes.length);
    return bytes;
  }

  /**
   * Passes over bytes, without reading them where the source allows it.
   *
   * @param length How many.
   * @throws {ArchiveError} If the end comes before them.
   */
  async skip(length: number): Promise<void> {
    const end = this.#offset + length;
    const { size } = this.#source;
    if (size !== undefined && end > size) throw cutOff(end - size);
    while (this.#offset < end) {
      const missing = end - this.#offset;
      if (this.#chunk.length > 0) {
        this.#consume(Math.min(missing, this.#chunk.length));
      } else if (size !== undefined) await this.#jump(end);
      else if (!await this.#pull()) throw cutOff(missing);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#iterator.return?.();
  }

  async #jump(offset: number): Promise<void> {
    await this.#iterator.return?.();
    this.#iterator = this.#source.chunks(offset)[Symbol.asyncIterator]();
    this.#offset = offset;
  }

  async #gather(length: number): Promise<boolean> {
    if (this.#chunk.length === 0 && !await this.#pull()) return false;
    const chunks = [this.#chunk];
    let have = this.#chunk.length;
    while (have < length) {
      if (!await this.#pull()) throw cutOff(length - have);
      chunks.push(this.#chunk);
      have += this.#chunk.length;
    }
    this.#chunk = joinChunks(chunks, have);
    return true;
  }

  async #pull(): Promise<boolean> {
    for (;;) {
      const { done, value } = await this.#iterator.next();
      if (done) return false;
      this.#chunk = value;
      if (value.length > 0) return true;
    }
  }

  #consume(length: number): void {
    this.#chunk = this.#chunk.subarray(length);
    this.#offset += length;
  }
}

function cutOff(missing: number): ArchiveError {
  return new ArchiveError(
    `it is cut off: at least ${missing} bytes are missing`,
  );
}
