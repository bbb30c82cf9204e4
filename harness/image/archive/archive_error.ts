/**
 * What is wrong with a saved image, and where in it.
 *
 * @module
 */

import { quoted } from "../../../text/printable.ts";

/** A place in a saved image, as far as it is known. */
export interface ArchivePlace {
  /** The file or folder, as the caller named it. */
  readonly archive?: string;
  /** The part of it: the name of a blob, or a layer by number and name. */
  readonly part?: string;
  /** The name of an entry in that part. */
  readonly entry?: string;
}

/** What goes along with an {@linkcode ArchiveError}. */
export interface ArchiveErrorOptions {
  /** Where it is. */
  readonly place?: ArchivePlace;
  /** What to do about it. */
  readonly remedy?: string;
  /** What was thrown below. */
  readonly cause?: unknown;
}

const MAX_SHOWN = 200;
const REMEDY = "Save the image again, with docker save, podman save or skopeo";

/**
 * A saved image that cannot be read, or that must not be trusted.
 *
 * @example Where it is becomes known on the way up
 * ```ts
 * import { ArchiveError } from "./archive_error.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const error = new ArchiveError('its name contains ".."', {
 *   place: { entry: "../passwd" },
 * }).within({ archive: "image.tar", part: "layer 2" });
 * assertEquals(
 *   error.message,
 *   'Cannot read image "image.tar", layer 2, entry "../passwd": its name contains ".."',
 * );
 * ```
 */
export class ArchiveError extends Error {
  /** What was wanted and what was there, without the place. */
  readonly problem: string;
  /** Where it is, as far as it is known. */
  readonly place: ArchivePlace;
  /** What to do about it. */
  readonly remedy: string;

  /**
   * Makes the error.
   *
   * @param problem What was wanted and what was there.
   * @param options Where, what to do about it, and the cause.
   */
  constructor(problem: string, options: ArchiveErrorOptions = {}) {
    const { place = {}, remedy = REMEDY, cause } = options;
    super(
      `Cannot read ${["image", placeText(place)].join(" ").trim()}: ${problem}`,
      cause === undefined ? {} : { cause },
    );
    this.name = "ArchiveError";
    this.problem = problem;
    this.place = place;
    this.remedy = remedy;
  }

  /**
   * Says more of where it is.
   *
   * @param outer What is known further out; what is known already wins.
   * @returns The same error with the whole place.
   */
  within(outer: ArchivePlace): ArchiveError {
    return new ArchiveError(this.problem, {
      place: { ...outer, ...this.place },
      remedy: this.remedy,
      cause: this.cause,
    });
  }
}

function placeText({ archive, part, entry }: ArchivePlace): string {
  const words = [
    archive === undefined ? undefined : quoted(archive),
    part,
    entry === undefined ? undefined : `entry ${quoted(shortened(entry))}`,
  ];
  return words.filter((word) => word !== undefined).join(", ");
}

// A name that is an attack would be an attack on the terminal as well.
function shortened(name: string): string {
  const characters = [...name.slice(0, 2 * MAX_SHOWN)];
  return characters.length > MAX_SHOWN
    ? `${characters.slice(0, MAX_SHOWN).join("")}…`
    : name;
}

/**
 * Runs something and says where, should it find the image wrong.
 *
 * @param place Where it is.
 * @param action What to run.
 * @returns What it returns.
 * @throws {ArchiveError} With the place, if it throws one.
 *
 * @example Usage
 * ```ts
 * import { ArchiveError, locating } from "./archive_error.ts";
 * import { assertRejects } from "@std/assert";
 *
 * const broken = () => Promise.reject(new ArchiveError("it is empty"));
 * await assertRejects(
 *   () => locating({ archive: "a.tar" }, broken),
 *   ArchiveError,
 *   'Cannot read image "a.tar": it is empty',
 * );
 * ```
 */
export async function locating<T>(
  place: ArchivePlace,
  action: () => Promise<T>,
): Promise<T> {
  try {
    return await action();
  } catch (error) {
    throw error instanceof ArchiveError ? error.within(place) : error;
  }
}
