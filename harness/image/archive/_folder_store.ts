/** The parts of a saved image out of a folder. */

import { HostError } from "../../../host/host.ts";
import { ArchiveError } from "./archive_error.ts";
import type { ArchiveHost, Blob, BlobStore } from "./blob.ts";
import { openSource, slice } from "./byte_source.ts";
import { parseEntryPath } from "./entry_path.ts";

/** Opens the folder. Nothing in it is looked at before it is asked for. */
export function openFolder(host: ArchiveHost, path: string): BlobStore {
  const root = host.realPath(path);
  return {
    find: (name) => findBlob(host, root, name),
    names: () => host.readDirectory(root).map(({ name }) => name),
    [Symbol.dispose]: () => {},
  };
}

function findBlob(
  host: ArchiveHost,
  root: string,
  name: string,
): Blob | undefined {
  const parsed = parseEntryPath(name);
  if (!parsed.ok || parsed.path === "") return undefined;
  const path = realPath(
    host,
    `${root}/${parsed.path}`,
    name,
  );
  if (path === undefined) return undefined;
  const place = { part: name };
  if (!path.startsWith(root === "/" ? root : `${root}/`)) {
    throw new ArchiveError("it is a link that leads out of the folder", {
      place,
    });
  }
  const { kind, size } = host.stat(path);
  if (kind !== "file") {
    throw new ArchiveError("it is no regular file", { place });
  }
  const chunks = () => readFile(host, path, size);
  return { name, size, position: 0, chunks };
}

function realPath(
  host: ArchiveHost,
  path: string,
  name: string,
): string | undefined {
  try {
    return host.realPath(path);
  } catch (error) {
    if (!(error instanceof HostError)) throw error;
    if (error.code === "ENOENT" || error.code === "ENOTDIR") return undefined;
    throw new ArchiveError(error.reason, { place: { part: name } });
  }
}

async function* readFile(
  host: ArchiveHost,
  path: string,
  size: number,
): AsyncGenerator<Uint8Array, void> {
  using source = openSource(host, path);
  yield* slice(source, 0, size);
}
