/** How much one block or file may hold. */

import type { OutlineLimits } from "./_outline_notes.ts";
import { TextFault } from "./_text_fault.ts";

/** Bytes of UTF-8. */
export const MAX_BYTES = 4 * 1024 * 1024;

/** Values after aliases are followed, and collections inside each other. */
export const LIMITS: OutlineLimits = { nodes: 200_000, depth: 100 };

const EXCESS = {
  nodes: `more than ${LIMITS.nodes} values, aliases followed`,
  depth: `collections nested deeper than ${LIMITS.depth}`,
} as const;

/**
 * Refuses a text by its size alone.
 *
 * @param text The text.
 * @throws {TextFault} If it is longer than 4 MiB.
 */
export function checkSize(text: string): void {
  // A code unit takes one to three bytes.
  if (text.length * 3 <= MAX_BYTES) return;
  const isTooLong = text.length > MAX_BYTES ||
    new TextEncoder().encode(text).length > MAX_BYTES;
  if (isTooLong) {
    throw new TextFault("too large: more than 4 MiB in one block or file", 0);
  }
}

/**
 * Says which limit was passed.
 *
 * @param limit The limit.
 * @returns What there is too much of.
 */
export function excess(limit: keyof OutlineLimits): string {
  return `too large: ${EXCESS[limit]}`;
}
