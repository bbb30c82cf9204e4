/**
 * Output of a call, kept in memory.
 *
 * @module
 */

import { joinChunks } from "./_join_chunks.ts";

/** Keeps what is written until it is closed; then swallows it. */
export class Sink {
  readonly #max: number;
  readonly #onWrite: (bytes: Uint8Array) => void;
  #chunks: Uint8Array[] = [];
  #size = 0;
  #isOpen = true;
  #isFull = false;

  constructor(max: number, onWrite: (bytes: Uint8Array) => void = () => {}) {
    this.#max = max;
    this.#onWrite = onWrite;
  }

  /** Whether there was more than could be kept. */
  get isFull(): boolean {
    return this.#isFull;
  }

  /** Takes text or bytes, and tells how many bytes that were. */
  write(data: string | Uint8Array): number {
    const bytes = typeof data === "string"
      ? new TextEncoder().encode(data)
      : data.slice();
    const room = this.#isOpen ? this.#max - this.#size : 0;
    if (this.#isOpen && bytes.length > room) this.#isFull = true;
    const kept = bytes.subarray(0, room);
    this.#chunks.push(kept);
    this.#size += kept.length;
    if (kept.length > 0) this.#onWrite(kept);
    return bytes.length;
  }

  /** Forgets what was written so far. */
  clear(): void {
    this.#chunks = [];
    this.#size = 0;
  }

  /** Takes no more. */
  close(): void {
    this.#isOpen = false;
  }

  bytes(): Uint8Array {
    return joinChunks(this.#chunks, this.#size);
  }
}
