/** The file that was meant, where a name leads to none. */

import { basename, dirname } from "@std/path";
import { type Host, HostError } from "../host/host.ts";
import { nearest } from "../text/nearest.ts";
import { quoted } from "../text/printable.ts";

/** The part of the machine that neighbours are looked for on. */
export type NeighbourHost = Pick<Host, "readDirectory">;

/**
 * Looks for a file with nearly the same name in the same directory.
 *
 * @param path The path that leads to no file.
 * @param host The part of the machine that is looked at.
 * @returns The question to ask, with the name of that file; undefined if no
 * file comes near, or the directory cannot be read.
 */
export function neighbourOf(
  path: string,
  host: NeighbourHost,
): string | undefined {
  const own = basename(path);
  try {
    // What vanished a moment ago may be listed still, and is no help.
    const names = host.readDirectory(dirname(path))
      .filter(({ kind, name }) => kind !== "directory" && name !== own)
      .map(({ name }) => name);
    const guess = nearest(own, names);
    return guess && `did you mean ${quoted(guess)}?`;
  } catch (error) {
    if (error instanceof HostError) return undefined;
    throw error;
  }
}
