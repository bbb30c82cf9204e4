/**
 * Digests: the names of blobs, and the proof of what is in them.
 *
 * Source: OCI image specification, "Digests".
 *
 * @module
 */

/** A digest that {@linkcode parseDigest} has accepted. */
export interface Digest {
  /** How it is computed. */
  readonly algorithm: "sha256" | "sha512";
  /** Its value, lower case hexadecimal. */
  readonly hex: string;
}

const DIGEST_REGEXP = /^(?:sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128})$/;

/**
 * Reads a digest.
 *
 * @param text `sha256:` or `sha512:` and the value.
 * @returns The digest, or nothing if the text is none.
 *
 * @example No path can be a digest
 * ```ts
 * import { parseDigest } from "./digest.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(parseDigest("sha256:../../etc/passwd"), undefined);
 * assertEquals(parseDigest(`sha256:${"0".repeat(64)}`)?.algorithm, "sha256");
 * ```
 */
export function parseDigest(text: string): Digest | undefined {
  if (!DIGEST_REGEXP.test(text)) return undefined;
  const [algorithm, hex = ""] = text.split(":");
  return { algorithm: algorithm === "sha512" ? "sha512" : "sha256", hex };
}

/**
 * Writes a digest.
 *
 * @param digest The digest.
 * @returns The text that {@linkcode parseDigest} reads.
 *
 * @example Usage
 * ```ts
 * import { digestText } from "./digest.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(digestText({ algorithm: "sha256", hex: "0a" }), "sha256:0a");
 * ```
 */
export function digestText({ algorithm, hex }: Digest): string {
  return `${algorithm}:${hex}`;
}

/**
 * Says where an OCI layout keeps a blob.
 *
 * @param digest The blob's digest.
 * @returns Its path in the layout.
 *
 * @example Usage
 * ```ts
 * import { blobPath } from "./digest.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(blobPath({ algorithm: "sha256", hex: "0a" }), "blobs/sha256/0a");
 * ```
 */
export function blobPath({ algorithm, hex }: Digest): string {
  return `blobs/${algorithm}/${hex}`;
}
