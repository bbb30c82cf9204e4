/**
 * Finds the images in a docker archive or an OCI layout.
 *
 * @module
 */

import { quoted } from "../../../text/printable.ts";
import { ArchiveError } from "./archive_error.ts";
import type { BlobPart, BlobStore } from "./blob.ts";
import type { Candidate } from "./candidate.ts";
import { blobPath, digestText } from "./digest.ts";
import {
  type Descriptor,
  type DockerImage,
  parseDockerManifest,
  parseIndex,
  parseManifest,
} from "./documents.ts";
import {
  digestInName,
  type DocumentContext,
  readDocument,
  readPlan,
} from "./read_document.ts";

const LAYOUT = "index.json";
const DOCKER = "manifest.json";

/**
 * Finds the images.
 *
 * Where there is an OCI layout it is what counts, since its digests begin at
 * its index. A docker manifest beside it must speak of the same image.
 *
 * @param context Where to look.
 * @returns The images, possibly none.
 * @throws {ArchiveError} If it is no saved image, or one that says two things.
 *
 * @example What is no image
 * ```ts
 * import { findImages } from "./find_images.ts";
 * import { openBlobStore } from "./blob_store.ts";
 * import { ArchiveError } from "./archive_error.ts";
 * import { ARCHIVE_LIMITS as limits } from "./limits.ts";
 * import { MemoryHost } from "../../../host/memory_host.ts";
 * import { assertRejects } from "@std/assert";
 *
 * const host = new MemoryHost({ files: { "/home/user/notes.txt": "" } });
 * using store = await openBlobStore(host, "/home/user", limits);
 * await assertRejects(
 *   () => findImages({ store, limits }),
 *   ArchiveError,
 *   'wanted "index.json" or "manifest.json" in it, found "notes.txt"',
 * );
 * ```
 */
export async function findImages(
  context: DocumentContext,
): Promise<readonly Candidate[]> {
  const { store } = context;
  const hasLayout = store.find(LAYOUT) !== undefined;
  const hasDocker = store.find(DOCKER) !== undefined;
  if (!hasLayout && !hasDocker) throw noImage(store);
  const docker = hasDocker
    ? await readDocument({ blob: DOCKER }, context, parseDockerManifest)
    : [];
  if (!hasLayout) return docker.map((image) => dockerImage(image, context));
  const images = await layoutImages(context);
  await refuseContradiction(images, docker);
  return images;
}

function noImage(store: BlobStore): ArchiveError {
  const names = store.names().slice(0, 5).map(quoted).join(", ");
  return new ArchiveError(
    `wanted "${LAYOUT}" or "${DOCKER}" in it, found ${names || "nothing"}`,
  );
}

// What docker and podman name by digest; other names are just names.
const CONFIG_NAME = /^(?:blobs\/sha256\/)?([0-9a-f]{64})(?:\.json)?$/;
const BLOB_NAME = /^blobs\/sha256\/([0-9a-f]{64})$/;

function dockerImage(image: DockerImage, context: DocumentContext): Candidate {
  const { config: blob, tags, layers } = image;
  const digest = digestInName(blob, CONFIG_NAME);
  const parts = layers.map((blob) => ({
    blob,
    digest: digestInName(blob, BLOB_NAME),
  }));
  return {
    id: blob,
    names: tags,
    platform: undefined,
    open: () => readPlan({ blob, digest }, parts, context),
  };
}

const INDEX_TYPES: ReadonlySet<string> = new Set([
  "application/vnd.oci.image.index.v1+json",
  "application/vnd.docker.distribution.manifest.list.v2+json",
]);
const MANIFEST_TYPES: ReadonlySet<string> = new Set([
  "application/vnd.oci.image.manifest.v1+json",
  "application/vnd.docker.distribution.manifest.v2+json",
]);
const NAMES = [
  "io.containerd.image.name",
  "org.opencontainers.image.ref.name",
];
/** What builders put beside images: it describes one and is none. */
const ATTESTATION = "vnd.docker.reference.type";

async function layoutImages(context: DocumentContext): Promise<Candidate[]> {
  const found: Candidate[] = [];
  const seen = new Set<string>();
  const top = await readDocument({ blob: LAYOUT }, context, parseIndex);
  const pending = top.map((item) => ({ item, names: namesOf(item) }));
  for (let next = pending.shift(); next; next = pending.shift()) {
    const { item, names } = next;
    const key = [digestText(item.digest), ...names].join(" ");
    if (seen.has(key) || item.annotations.has(ATTESTATION)) continue;
    seen.add(key);
    if (seen.size > context.limits.entries) {
      throw new ArchiveError("its indexes lead to too many images");
    }
    if (MANIFEST_TYPES.has(item.mediaType)) {
      found.push(layoutImage(item, names, context));
    } else if (INDEX_TYPES.has(item.mediaType)) {
      const part = partOf(item);
      const items = await readDocument(part, context, parseIndex);
      pending.push(...items.map((item) => ({ item, names })));
    }
  }
  return found;
}

function namesOf({ annotations }: Descriptor): readonly string[] {
  return NAMES.flatMap((key) => annotations.get(key) ?? []);
}

function partOf({ digest, size }: Descriptor): BlobPart {
  return { blob: blobPath(digest), digest, size };
}

function layoutImage(
  item: Descriptor,
  names: readonly string[],
  context: DocumentContext,
): Candidate {
  return {
    id: digestText(item.digest),
    names,
    platform: item.platform,
    open: async () => {
      const { config, layers } = await readDocument(
        partOf(item),
        context,
        parseManifest,
      );
      return await readPlan(partOf(config), layers.map(partOf), context);
    },
  };
}

/** Which of the two an engine loads depends on the engine. */
async function refuseContradiction(
  images: readonly Candidate[],
  docker: readonly DockerImage[],
): Promise<void> {
  const [only, ...others] = images;
  if (only === undefined || others.length > 0 || docker.length === 0) return;
  const { digest } = await only.open();
  const named = docker.map(({ config }) => digestInName(config, CONFIG_NAME));
  if (named.some((one) => one?.hex === digest.hex)) return;
  throw new ArchiveError(
    `"${LAYOUT}" and "${DOCKER}" speak of different images`,
  );
}
