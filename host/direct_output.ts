/**
 * Writing to standard output and standard error by write(2) itself.
 *
 * The runtime's own standard output keeps a part of what it is given before it
 * reports that a pipe is full. Whoever shares the pipe may have set it to
 * non-blocking; then nobody can tell what was taken, and trying again would
 * write some of it twice.
 *
 * @module
 */

import { HostError } from "./host.ts";
import { errorReader, fileLibc } from "./libc.ts";

const RETRY_MS = 2;
const MOST = 1 << 20;

const OUTPUTS = { 1: "standard output", 2: "standard error" } as const;

/**
 * Writes all of the bytes, waiting for a slow reader, or fails.
 *
 * @param descriptor Standard output or standard error.
 * @param bytes What to write.
 * @param open The number it has now, if that is another one.
 * @throws {HostError} If they cannot be written.
 *
 * @example Usage
 * ```ts no-assert
 * import { writeDirectly } from "./direct_output.ts";
 *
 * writeDirectly(2, new TextEncoder().encode("on standard error\n"));
 * ```
 */
export function writeDirectly(
  descriptor: 1 | 2,
  bytes: Uint8Array,
  open: number = descriptor,
): void {
  const { write } = fileLibc();
  const lastError = errorReader();
  // A view of other memory than an ArrayBuffer's cannot be handed over.
  const all = new Uint8Array(bytes);
  for (let done = 0; done < all.length;) {
    const rest = all.subarray(done, done + MOST);
    const taken = Number(write(open, rest, BigInt(rest.length)));
    if (taken > 0) done += taken;
    else waitOrFail(descriptor, taken === 0 ? "EIO" : lastError());
  }
}

function waitOrFail(descriptor: 1 | 2, code: string): void {
  if (code !== "EAGAIN" && code !== "EINTR") {
    throw new HostError(code, OUTPUTS[descriptor]);
  }
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, RETRY_MS);
}
