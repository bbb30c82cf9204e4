/**
 * Reads the layers of an image: each of them once, nothing kept but names.
 *
 * @module
 */

import { ArchiveError, locating } from "./archive_error.ts";
import type { Blob } from "./blob.ts";
import { requireBlob } from "./blob_store.ts";
import type { ByteStream } from "./byte_reader.ts";
import type { ImagePlan } from "./candidate.ts";
import type { Digest } from "./digest.ts";
import { type Layer, type LayerBudget, LayerBuilder } from "./layer.ts";
import type { ArchiveLimits } from "./limits.ts";
import type { DocumentContext } from "./read_document.ts";
import { readTar, type TarEntry } from "./read_tar.ts";
import { digested, unpacked } from "./stream.ts";

/** How layers are read. */
export interface LayerContext extends DocumentContext {
  /** Counts what the layers hold. */
  readonly budget: LayerBudget;
  /** Whether the content of a file is of interest, by its path. */
  readonly wants: (path: string) => boolean;
  /** Stops reading. */
  readonly signal?: AbortSignal | undefined;
}

/** A layer that is about to be read. */
interface LayerPart {
  readonly index: number;
  readonly name: string;
  readonly blob: Blob;
  readonly digest: Digest | undefined;
  readonly diffId: Digest | undefined;
}

/**
 * Reads the layers of an image, in the order in which they stand.
 *
 * @param plan The image.
 * @param context Where it is, and which files are of interest.
 * @returns The layers, the lowest first.
 * @throws {ArchiveError} If one cannot be read or trusted, with its number.
 *
 * @example An image without layers
 * ```ts
 * import { layerBudget, readLayers } from "./read_layers.ts";
 * import { parseImageConfig } from "./documents.ts";
 * import { openBlobStore } from "./blob_store.ts";
 * import { ARCHIVE_LIMITS as limits } from "./limits.ts";
 * import { digestOf } from "./stream.ts";
 * import { MemoryHost } from "../../../host/memory_host.ts";
 * import { assertEquals } from "@std/assert";
 *
 * using store = await openBlobStore(new MemoryHost(), "/tmp", limits);
 * const config = parseImageConfig({
 *   ...{ os: "linux", architecture: "amd64" },
 *   rootfs: { diff_ids: [] },
 * });
 * const digest = digestOf(new Uint8Array());
 * const plan = { config, digest, layers: [] };
 * const context = {
 *   ...{ store, limits, budget: layerBudget(limits) },
 *   wants: () => false,
 * };
 * assertEquals(await readLayers(plan, context), []);
 * ```
 */
export async function readLayers(
  plan: ImagePlan,
  context: LayerContext,
): Promise<readonly Layer[]> {
  const { layers, config } = plan;
  const parts = layers.map((part, index): LayerPart => ({
    index,
    name: `layer ${index + 1} of ${layers.length} (${part.blob})`,
    blob: requireBlob(context.store, part),
    digest: part.digest,
    diffId: config.diffIds[index],
  }));
  const { budget } = context;
  const readContent = contentReader(context);
  const found: [number, Layer][] = [];
  const inPlace = parts.toSorted((a, b) => a.blob.position - b.blob.position);
  for (const part of inPlace) {
    const { index, name } = part;
    const builder = new LayerBuilder({ name, budget, readContent });
    await locating({ part: name }, () => readLayer(part, builder, context));
    found.push([index, builder.finish()]);
  }
  return found.toSorted(([a], [b]) => a - b).map(([, layer]) => layer);
}

async function readLayer(
  { blob, digest, diffId }: LayerPart,
  builder: LayerBuilder,
  { limits, signal }: LayerContext,
): Promise<void> {
  const packed = watched(blob.chunks(), digest, signal);
  const plain = unpacked(packed.chunks, limits);
  const isSame = digest !== undefined && digest.hex === diffId?.hex;
  const layer = watched(plain, isSame ? undefined : diffId, signal);
  const source = { size: undefined, chunks: () => layer.chunks };
  for await (const entry of readTar(source)) await builder.add(entry);
  if (packed.isWhole()) return;
  throw new ArchiveError("something stands behind its end");
}

/** Only a stream that was read to its end has had its digest compared. */
function watched(
  chunks: ByteStream,
  digest: Digest | undefined,
  signal: AbortSignal | undefined,
): { readonly chunks: ByteStream; readonly isWhole: () => boolean } {
  let isWhole = false;
  const checked = digest === undefined ? chunks : digested(chunks, digest);
  async function* watch() {
    for await (const chunk of checked) {
      signal?.throwIfAborted();
      yield chunk;
    }
    isWhole = true;
  }
  return { chunks: watch(), isWhole: () => isWhole };
}

/**
 * Counts files and names of all layers together.
 *
 * @param limits How many there may be.
 * @returns The budget.
 *
 * @example Usage
 * ```ts
 * import { layerBudget } from "./read_layers.ts";
 * import { ARCHIVE_LIMITS } from "./limits.ts";
 * import { ArchiveError } from "./archive_error.ts";
 * import { assertThrows } from "@std/assert";
 *
 * const budget = layerBudget({ ...ARCHIVE_LIMITS, names: 1 });
 * budget.count(["etc"], {});
 * assertThrows(
 *   () => budget.count(["usr"], { entry: "usr" }),
 *   ArchiveError,
 *   'entry "usr": there are more than 1 files',
 * );
 * ```
 */
export function layerBudget(limits: ArchiveLimits): LayerBudget {
  let files = 0;
  let bytes = 0;
  return {
    count(names, place) {
      files++;
      for (const name of names) bytes += name.length;
      const problem = files > limits.names
        ? `there are more than ${limits.names} files`
        : bytes > limits.nameBytes
        ? `the names together are longer than ${limits.nameBytes} characters`
        : undefined;
      if (problem !== undefined) throw new ArchiveError(problem, { place });
    },
  };
}

function contentReader({ wants, limits }: LayerContext) {
  let left = limits.textsBytes;
  return async (
    path: string,
    entry: TarEntry,
  ): Promise<Uint8Array | undefined> => {
    if (entry.size > limits.textBytes || !wants(path)) return undefined;
    left -= entry.size;
    if (left < 0) {
      throw new ArchiveError(
        `the files to be read have more than ${limits.textsBytes} bytes`,
      );
    }
    // A copy: the original would hold on to the chunk it is a part of.
    return (await entry.read()).slice();
  };
}
