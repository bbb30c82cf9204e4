/** The parts of a saved image out of a tar archive. */

import { quoted } from "../../../text/printable.ts";
import { ArchiveError } from "./archive_error.ts";
import type { ArchiveHost, Blob, BlobStore } from "./blob.ts";
import type { ByteSource } from "./byte_reader.ts";
import { ForwardSource, openSource, slice } from "./byte_source.ts";
import { parseEntryPath } from "./entry_path.ts";
import type { ArchiveLimits } from "./limits.ts";
import { readTar, type TarEntry } from "./read_tar.ts";
import { packingOf, unpacked } from "./stream.ts";

/** Opens the archive and notes where its parts stand. */
export async function openTar(
  host: ArchiveHost,
  path: string,
  limits: ArchiveLimits,
): Promise<BlobStore> {
  const file = openSource(host, path);
  try {
    const source = await unpackedSource(file, limits);
    const blobs = await indexTar(source, limits);
    return {
      find: (name) => blobs.get(name),
      names: () => [...blobs.keys()],
      [Symbol.dispose]: () => file[Symbol.dispose](),
    };
  } catch (error) {
    file[Symbol.dispose]();
    throw error;
  }
}

async function unpackedSource(
  file: ByteSource,
  limits: ArchiveLimits,
): Promise<ByteSource> {
  for await (const chunk of file.chunks(0)) {
    return packingOf(chunk) === undefined
      ? file
      : new ForwardSource(() => unpacked(file.chunks(0), limits));
  }
  throw new ArchiveError("it is empty");
}

const MAX_LINKS = 10;

/** Old versions of docker save link to layers that are there already. */
async function indexTar(
  source: ByteSource,
  limits: ArchiveLimits,
): Promise<ReadonlyMap<string, Blob>> {
  const blobs = new Map<string, Blob>();
  const links = new Map<string, string>();
  const seen = new Set<string>();
  for await (const entry of readTar(source)) {
    const name = nameOf(entry, entry.name, "name");
    if (seen.size >= limits.entries) {
      throw new ArchiveError(`it has more than ${limits.entries} entries`);
    }
    if (seen.has(name) && entry.kind !== "directory") {
      throw fault(entry, "it is there twice");
    }
    seen.add(name);
    if (entry.kind === "file") blobs.set(name, blobOf(source, name, entry));
    else if (entry.kind !== "directory") {
      links.set(name, linkTarget(entry, name));
    }
  }
  for (const name of links.keys()) {
    const blob = follow(name, links, blobs);
    if (blob !== undefined) blobs.set(name, blob);
  }
  return blobs;
}

function blobOf(source: ByteSource, name: string, entry: TarEntry): Blob {
  const { offset, size } = entry;
  const chunks = () => slice(source, offset, size);
  return { name, size, position: offset, chunks };
}

function linkTarget(entry: TarEntry, name: string): string {
  const { kind, target } = entry;
  if (kind === "other") throw fault(entry, "it is a device or a FIFO");
  if (kind === "hardlink") return nameOf(entry, target, "target");
  if (target.startsWith("/")) throw fault(entry, "its target is absolute");
  const names = name.split("/").slice(0, -1);
  for (const part of target.split("/")) {
    if (part !== "..") names.push(part);
    else if (names.pop() === undefined) {
      throw fault(entry, "its target leads out of the archive");
    }
  }
  return nameOf(entry, names.join("/"), "target");
}

function follow(
  name: string,
  links: ReadonlyMap<string, string>,
  blobs: ReadonlyMap<string, Blob>,
): Blob | undefined {
  let current: string | undefined = name;
  for (let hops = 0; current !== undefined; hops++) {
    const blob = blobs.get(current);
    if (blob !== undefined) return blob;
    if (hops > MAX_LINKS) {
      throw new ArchiveError(`links lead in a circle at ${quoted(name)}`);
    }
    current = links.get(current);
  }
  return undefined;
}

function nameOf(entry: TarEntry, text: string, what: string): string {
  const result = parseEntryPath(text);
  if (result.ok) return result.path;
  throw fault(entry, `its ${what} ${result.reason}`);
}

function fault({ name }: TarEntry, problem: string): ArchiveError {
  return new ArchiveError(problem, { place: { entry: name } });
}
