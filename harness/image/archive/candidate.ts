/**
 * The images a saved image holds, and which of them is meant.
 *
 * @module
 */

import { quoted } from "../../../text/printable.ts";
import { ArchiveError } from "./archive_error.ts";
import type { BlobPart } from "./blob.ts";
import type { Digest } from "./digest.ts";
import type { ImageConfig } from "./documents.ts";
import { isPlatform, type Platform, platformText } from "./platform.ts";

/** An image whose documents are read, and its layers not yet. */
export interface ImagePlan {
  /** Its configuration. */
  readonly config: ImageConfig;
  /** Its digest. */
  readonly digest: Digest;
  /** Its layers, the lowest first. */
  readonly layers: readonly BlobPart[];
}

/** One of the images there are. */
export interface Candidate {
  /** Tells it from others: the digest or name of its document. */
  readonly id: string;
  /** What it is called. */
  readonly names: readonly string[];
  /** For which machine it is, where that is known without opening it. */
  readonly platform: Platform | undefined;
  /** Reads its documents. */
  open(): Promise<ImagePlan>;
}

/** Which image is meant. */
export interface ImageChoice {
  /** Its name. Default: there is only one. */
  readonly ref?: string | undefined;
  /** Its platform. Default: this machine's, if there are several. */
  readonly platform?: Platform | undefined;
  /** This machine's platform. */
  readonly machine: Platform;
}

/**
 * Chooses the image that is meant.
 *
 * @param candidates The images there are.
 * @param choice Which one is meant.
 * @returns The image.
 * @throws {ArchiveError} If it is not there, or more than one could be meant.
 *
 * @example Usage
 * ```ts
 * import { chooseImage } from "./candidate.ts";
 * import { parsePlatform } from "./platform.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const [amd64, arm64] = ["linux/amd64", "linux/arm64"].map((platform) => ({
 *   id: platform,
 *   names: ["jq:1"],
 *   platform: parsePlatform(platform),
 *   open: () => Promise.reject(new Error("not needed")),
 * }));
 * const machine = { os: "linux", architecture: "arm64", variant: undefined };
 * if (amd64 === undefined || arm64 === undefined) throw new TypeError("two");
 * const chosen = await chooseImage([amd64, arm64], { machine });
 * assertEquals(chosen.id, "linux/arm64");
 * ```
 */
export async function chooseImage(
  candidates: readonly Candidate[],
  choice: ImageChoice,
): Promise<Candidate> {
  const named = byName(candidates, choice.ref);
  const placed = await byPlatform(named, choice);
  const distinct = new Map(placed.map((one) => [one.id, one]));
  const [chosen, ...others] = distinct.values();
  if (chosen === undefined) {
    throw new ArchiveError("there is no image in it");
  }
  if (others.length === 0) return chosen;
  throw new ArchiveError(
    `there are ${distinct.size} images in it: ${namesOf(placed)}`,
    { remedy: "Say which one with --ref NAME" },
  );
}

function byName(
  candidates: readonly Candidate[],
  ref: string | undefined,
): readonly Candidate[] {
  if (ref === undefined) return candidates;
  const named = candidates.filter(({ names }) => names.includes(ref));
  if (named.length > 0) return named;
  throw new ArchiveError(
    `there is no image called ${quoted(ref)} in it, only ${
      namesOf(candidates)
    }`,
    { remedy: "Name one of these with --ref, or leave it out" },
  );
}

async function byPlatform(
  candidates: readonly Candidate[],
  { platform, machine }: ImageChoice,
): Promise<readonly Candidate[]> {
  if (platform === undefined && candidates.length < 2) return candidates;
  const placed = await Promise.all(
    candidates.map(async (candidate) => ({
      candidate,
      found: candidate.platform ?? (await candidate.open()).config.platform,
    })),
  );
  const texts = new Set(placed.map(({ found }) => platformText(found)));
  if (platform === undefined && texts.size < 2) return candidates;
  const wanted = platform ?? machine;
  const fitting = placed.filter(({ found }) => isPlatform(wanted, found));
  if (fitting.length === 0) {
    throw new ArchiveError(
      `there is no image for ${platformText(wanted)} in it, only for ${
        [...texts].toSorted().join(", ")
      }`,
      { remedy: "Say which platform is meant with --platform" },
    );
  }
  return fitting.map(({ candidate }) => candidate);
}

const MAX_SHOWN = 10;

function namesOf(candidates: readonly Candidate[]): string {
  const names = candidates.map(({ id, names }) => names[0] ?? id);
  const shown = [...new Set(names)].slice(0, MAX_SHOWN).map(quoted);
  return shown.join(", ") + (names.length > MAX_SHOWN ? ", …" : "");
}
