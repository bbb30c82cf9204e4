/**
 * Platforms: for which machine an image is made.
 *
 * Source: OCI image specification, "Image Index Property Descriptions".
 *
 * @module
 */

/** A platform. */
export interface Platform {
  /** The operating system, as in `linux`. */
  readonly os: string;
  /** The processor, as in `amd64`. */
  readonly architecture: string;
  /** Its generation, as in `v7`, where that matters. */
  readonly variant: string | undefined;
}

const PART = /^[a-z0-9_.-]+$/;

/**
 * Reads a platform as people write it.
 *
 * @param text `OS/ARCHITECTURE` or `OS/ARCHITECTURE/VARIANT`.
 * @returns The platform, or nothing if the text is none.
 *
 * @example Usage
 * ```ts
 * import { parsePlatform } from "./platform.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(parsePlatform("linux/arm/v7")?.variant, "v7");
 * assertEquals(parsePlatform("arm64"), undefined);
 * ```
 */
export function parsePlatform(text: string): Platform | undefined {
  const parts = text.split("/");
  const [os = "", architecture = "", variant] = parts;
  if (parts.length < 2 || parts.length > 3) return undefined;
  if (!parts.every((part) => PART.test(part))) return undefined;
  return { os, architecture, variant };
}

/**
 * Writes a platform.
 *
 * @param platform The platform.
 * @returns The text that {@linkcode parsePlatform} reads.
 *
 * @example Usage
 * ```ts
 * import { platformText } from "./platform.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const platform = { os: "linux", architecture: "arm64", variant: undefined };
 * assertEquals(platformText(platform), "linux/arm64");
 * ```
 */
export function platformText(
  { os, architecture, variant }: Platform,
): string {
  return [os, architecture, ...(variant === undefined ? [] : [variant])]
    .join("/");
}

/** What an architecture without a variant stands for. */
const DEFAULT_VARIANTS: ReadonlyMap<string, string> = new Map([
  ["arm64", "v8"],
  ["arm", "v7"],
  ["amd64", "v1"],
]);

/**
 * Tells whether an image is the one that is asked for.
 *
 * @param wanted The platform that is asked for; without a variant, any will do.
 * @param found The image's platform.
 * @returns Whether they are the same.
 *
 * @example Every arm64 is v8
 * ```ts
 * import { isPlatform } from "./platform.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const arm64 = { os: "linux", architecture: "arm64", variant: undefined };
 * assertEquals(isPlatform({ ...arm64, variant: "v8" }, arm64), true);
 * assertEquals(isPlatform(arm64, { ...arm64, architecture: "arm" }), false);
 * ```
 */
export function isPlatform(wanted: Platform, found: Platform): boolean {
  const variantOf = ({ architecture, variant }: Platform) =>
    variant ?? DEFAULT_VARIANTS.get(architecture);
  return wanted.os === found.os &&
    wanted.architecture === found.architecture &&
    (wanted.variant === undefined || variantOf(wanted) === variantOf(found));
}
