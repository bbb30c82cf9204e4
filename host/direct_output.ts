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

const RETRY_MS = 2;
const MOST = 1 << 20;

const OUTPUTS = { 1: "standard output", 2: "standard error" } as const;

/** Error numbers of write(2) on Linux, by name. */
const ERROR_NAMES: ReadonlyMap<number, string> = new Map([
  [4, "EINTR"],
  [5, "EIO"],
  [9, "EBADF"],
  [11, "EAGAIN"],
  [27, "EFBIG"],
  [28, "ENOSPC"],
  [32, "EPIPE"],
  [122, "EDQUOT"],
]);

/**
 * Writes all of the bytes, waiting for a slow reader, or fails.
 *
 * @param descriptor Standard output or standard error.
 * @param bytes What to write.
 * @throws {HostError} If they cannot be written.
 *
 * @example Usage
 * ```ts no-assert
 * import { writeDirectly } from "./direct_output.ts";
 *
 * writeDirectly(2, new TextEncoder().encode("on standard error\n"));
 * ```
 */
export function writeDirectly(descriptor: 1 | 2, bytes: Uint8Array): void {
  const libc = openLibc();
  try {
    writeAll(libc.symbols, descriptor, bytes);
  } finally {
    libc.close();
  }
}

function openLibc() {
  return Deno.dlopen("libc.so.6", {
    __errno_location: { parameters: [], result: "pointer" },
    write: { parameters: ["i32", "buffer", "usize"], result: "i32" },
  });
}

function writeAll(
  libc: ReturnType<typeof openLibc>["symbols"],
  descriptor: 1 | 2,
  bytes: Uint8Array,
): void {
  const errno = libc.__errno_location();
  // A view of other memory than an ArrayBuffer's cannot be handed over.
  const all = new Uint8Array(bytes);
  for (let done = 0; done < all.length;) {
    const rest = all.subarray(done, done + MOST);
    const taken = libc.write(descriptor, rest, BigInt(rest.length));
    if (taken > 0) done += taken;
    else waitOrFail(descriptor, taken === 0 ? "EIO" : errorName(errno));
  }
}

function waitOrFail(descriptor: 1 | 2, code: string): void {
  if (code !== "EAGAIN" && code !== "EINTR") {
    throw new HostError(code, OUTPUTS[descriptor]);
  }
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, RETRY_MS);
}

function errorName(errno: Deno.PointerValue): string {
  if (errno === null) return "EIO";
  const number = new Deno.UnsafePointerView(errno).getInt32();
  return ERROR_NAMES.get(number) ?? `error ${number}`;
}
