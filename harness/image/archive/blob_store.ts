/**
 * The parts of a saved image by name: out of a tar archive or a folder.
 *
 * @module
 */

import { type Host, HostError } from "../../../host/host.ts";
import { openFolder } from "./_folder_store.ts";
import { openTar } from "./_tar_store.ts";
import { ArchiveError } from "./archive_error.ts";
import type { ArchiveHost, Blob, BlobPart, BlobStore } from "./blob.ts";
import type { ArchiveLimits } from "./limits.ts";

/**
 * Finds a part that has to be there.
 *
 * @param store The parts.
 * @param part The part's name, and its size where that is known.
 * @returns The part.
 * @throws {ArchiveError} If it is not there, or of another size.
 *
 * @example Usage
 * ```ts
 * import { requireBlob } from "./blob_store.ts";
 * import { ArchiveError } from "./archive_error.ts";
 * import { assertThrows } from "@std/assert";
 *
 * const store = {
 *   find: () => undefined,
 *   names: () => [],
 *   [Symbol.dispose]() {},
 * };
 * assertThrows(() => requireBlob(store, { blob: "index.json" }), ArchiveError);
 * ```
 */
export function requireBlob(
  store: BlobStore,
  { blob: name, size }: BlobPart,
): Blob {
  const blob = store.find(name);
  const problem = blob === undefined
    ? "it is not there"
    : `it has ${blob.size} bytes, wanted ${size}`;
  if (blob !== undefined && (size ?? blob.size) === blob.size) return blob;
  throw new ArchiveError(problem, { place: { part: name } });
}

/**
 * Opens a saved image.
 *
 * @param host The machine.
 * @param path A tar archive, packed or not, or a folder.
 * @param limits What is too much.
 * @returns Its parts. It holds a file open until it is disposed of.
 * @throws {ArchiveError} If it is neither, or cannot be trusted.
 *
 * @example Usage
 * ```ts
 * import { openBlobStore } from "./blob_store.ts";
 * import { ARCHIVE_LIMITS } from "./limits.ts";
 * import { MemoryHost } from "../../../host/memory_host.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const host = new MemoryHost({ files: { "/layout/oci-layout": "{}" } });
 * using store = await openBlobStore(host, "/layout", ARCHIVE_LIMITS);
 * assertEquals(store.find("oci-layout")?.size, 2);
 * assertEquals(store.find("../etc/passwd"), undefined);
 * ```
 */
export async function openBlobStore(
  host: ArchiveHost,
  path: string,
  limits: ArchiveLimits,
): Promise<BlobStore> {
  return isFolder(host, path)
    ? openFolder(host, path)
    : await openTar(host, path, limits);
}

function isFolder(host: Pick<Host, "stat">, path: string): boolean {
  try {
    return host.stat(path).kind === "directory";
  } catch (error) {
    if (!(error instanceof HostError)) throw error;
    throw new ArchiveError(error.reason, {
      remedy: "Name a file that docker save or podman save wrote",
    });
  }
}
