/**
 * Everything a child prints on one stream, read while it runs.
 *
 * @module
 */

import { joinChunks } from "./_join_chunks.ts";

/** Reads a stream to its end, or until there is more than can be kept. */
export class Drain {
  readonly name: string;
  readonly max: number;
  /** Settles when the stream has ended, broken or been cancelled. */
  readonly done: Promise<void>;
  /** Resolves when there is more than can be kept; else never. */
  readonly overflow: Promise<true>;
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  readonly #chunks: Uint8Array[] = [];
  #size = 0;
  #isFull = false;
  readonly #reportOverflow: (value: true) => void;

  constructor(name: string, stream: ReadableStream<Uint8Array>, max: number) {
    const overflow = Promise.withResolvers<true>();
    this.name = name;
    this.max = max;
    this.overflow = overflow.promise;
    this.#reportOverflow = overflow.resolve;
    this.#reader = stream.getReader();
    this.done = this.#read();
  }

  get isFull(): boolean {
    return this.#isFull;
  }

  bytes(): Uint8Array {
    return joinChunks(this.#chunks, this.#size);
  }

  async cancel(): Promise<void> {
    await this.#reader.cancel().catch(() => {});
    await this.done;
  }

  async #read(): Promise<void> {
    try {
      for (;;) {
        const { done, value } = await this.#reader.read();
        if (done) return;
        const room = this.max - this.#size;
        this.#keep(value.subarray(0, room));
        if (value.length > room) break;
      }
    } catch {
      return; // Cancelled while it was read: what there is, is there.
    }
    this.#isFull = true;
    this.#reportOverflow(true);
  }

  #keep(chunk: Uint8Array): void {
    this.#chunks.push(chunk);
    this.#size += chunk.length;
  }
}
