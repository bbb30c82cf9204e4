/**
 * Bytes and ASCII text, without the runtime's encoders: on the way to a tool
 * they would take longer to wake up than all the rest takes to run.
 *
 * @module
 */

const ASCII_END = 0x80;
// What a call can be given as arguments.
const MOST = 4096;

/**
 * Reads bytes as text, if all of them are ASCII and they are not many.
 *
 * @param bytes The bytes.
 * @returns The text, or nothing if a real decoder has to be asked.
 *
 * @example Usage
 * ```ts
 * import { asciiText } from "./ascii.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(asciiText(new Uint8Array([104, 105])), "hi");
 * assertEquals(asciiText(new Uint8Array([104, 0xc3, 0xa9])), undefined);
 * ```
 */
export function asciiText(bytes: Uint8Array): string | undefined {
  if (bytes.length > MOST) return undefined;
  for (const byte of bytes) if (byte >= ASCII_END) return undefined;
  return String.fromCharCode(...bytes);
}

/**
 * Tells whether bytes begin with a text.
 *
 * @param bytes The bytes.
 * @param prefix The text, ASCII only.
 * @returns Whether they do.
 *
 * @example Usage
 * ```ts
 * import { startsWithText } from "./ascii.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const bytes = new TextEncoder().encode("PATH=/bin");
 * assertEquals(startsWithText(bytes, "PATH="), true);
 * assertEquals(startsWithText(bytes, "PATHS"), false);
 * ```
 */
export function startsWithText(bytes: Uint8Array, prefix: string): boolean {
  for (let index = 0; index < prefix.length; index++) {
    if (bytes[index] !== prefix.charCodeAt(index)) return false;
  }
  return true;
}
