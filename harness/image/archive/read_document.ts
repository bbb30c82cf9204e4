/**
 * Reads the JSON documents of a saved image.
 *
 * @module
 */

import type { Json } from "../../json.ts";
import { joinChunks } from "../../process/_join_chunks.ts";
import { ArchiveError, locating } from "./archive_error.ts";
import type { BlobPart, BlobStore } from "./blob.ts";
import { requireBlob } from "./blob_store.ts";
import type { ImagePlan } from "./candidate.ts";
import { type Digest, parseDigest } from "./digest.ts";
import { parseImageConfig } from "./documents.ts";
import type { ArchiveLimits } from "./limits.ts";
import { parseJson } from "./parse_json.ts";
import { digested, digestOf } from "./stream.ts";

/** Where documents are read from, and how large they may be. */
export interface DocumentContext {
  /** The parts of the saved image. */
  readonly store: BlobStore;
  /** What is too much. */
  readonly limits: ArchiveLimits;
}

/**
 * Reads a document.
 *
 * @param part The document.
 * @param context Where it is.
 * @param parse Makes something of its value and its bytes.
 * @returns What `parse` made.
 * @throws {ArchiveError} With the document's name, if it is not there, too
 * large, no JSON, has another digest, or `parse` throws one.
 *
 * @example Usage
 * ```ts
 * import { readDocument } from "./read_document.ts";
 * import { openBlobStore } from "./blob_store.ts";
 * import { ARCHIVE_LIMITS as limits } from "./limits.ts";
 * import { MemoryHost } from "../../../host/memory_host.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const host = new MemoryHost({ files: { "/layout/a.json": "[1]" } });
 * using store = await openBlobStore(host, "/layout", limits);
 * const part = { blob: "a.json" };
 * const value = await readDocument(part, { store, limits }, (value) => value);
 * assertEquals(value, [1]);
 * ```
 */
export async function readDocument<T>(
  part: BlobPart,
  { store, limits }: DocumentContext,
  parse: (value: Json, bytes: Uint8Array) => T,
): Promise<T> {
  const { digest } = part;
  const blob = requireBlob(store, part);
  return await locating({ part: part.blob }, async () => {
    if (blob.size > limits.documentBytes) {
      throw new ArchiveError(
        `it has ${blob.size} bytes, at most ${limits.documentBytes} are read`,
      );
    }
    const chunks = blob.chunks();
    const checked = digest === undefined ? chunks : digested(chunks, digest);
    const bytes = joinChunks(await Array.fromAsync(checked), blob.size);
    return parse(parseJson(bytes), bytes);
  });
}

/**
 * Reads an image's configuration.
 *
 * @param part The configuration.
 * @param layers The layers that the manifest names.
 * @param context Where it is.
 * @returns The image, ready for its layers to be read.
 * @throws {ArchiveError} If it cannot be read, or speaks of other layers.
 *
 * @example Usage
 * ```ts
 * import { readPlan } from "./read_document.ts";
 * import { openBlobStore } from "./blob_store.ts";
 * import { ARCHIVE_LIMITS as limits } from "./limits.ts";
 * import { MemoryHost } from "../../../host/memory_host.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const config = '{"os":"linux","architecture":"amd64","rootfs":{"diff_ids":[]}}';
 * const host = new MemoryHost({ files: { "/layout/a.json": config } });
 * using store = await openBlobStore(host, "/layout", limits);
 * const plan = await readPlan({ blob: "a.json" }, [], { store, limits });
 * assertEquals(plan.config.platform.os, "linux");
 * ```
 */
export async function readPlan(
  part: BlobPart,
  layers: readonly BlobPart[],
  context: DocumentContext,
): Promise<ImagePlan> {
  const most = context.limits.layers;
  return await readDocument(part, context, (value, bytes) => {
    const config = parseImageConfig(value);
    const wanted = config.diffIds.length;
    if (wanted !== layers.length) {
      throw new ArchiveError(
        `it speaks of ${wanted} layers, the manifest of ${layers.length}`,
      );
    }
    if (wanted > most) {
      throw new ArchiveError(
        `it has ${wanted} layers, at most ${most} are read`,
      );
    }
    return { config, digest: digestOf(bytes), layers };
  });
}

/**
 * Reads a digest out of a name.
 *
 * @param name The name of a blob.
 * @param pattern Finds 64 hexadecimal digits as its first group.
 * @returns The digest, or nothing if the name holds none.
 *
 * @example Usage
 * ```ts
 * import { digestInName } from "./read_document.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(digestInName("layer.tar", /^([0-9a-f]{64})\.tar$/), undefined);
 * ```
 */
export function digestInName(
  name: string,
  pattern: RegExp,
): Digest | undefined {
  const hex = pattern.exec(name)?.[1];
  return hex === undefined ? undefined : parseDigest(`sha256:${hex}`);
}
