/**
 * Reads a saved image: its configuration and what files it has. Nothing is
 * unpacked to disk, and no layer is held in memory.
 *
 * @module
 */

import { type Host, HostError } from "../../../host/host.ts";

import { locating } from "./archive_error.ts";
import type { ArchiveHost } from "./blob.ts";
import { openBlobStore } from "./blob_store.ts";
import { chooseImage, type ImageChoice, type ImagePlan } from "./candidate.ts";
import type { ImageConfig } from "./documents.ts";
import { parseEntryPath } from "./entry_path.ts";
import { findImages } from "./find_images.ts";
import type { ImageNode } from "./image_node.ts";
import { ImageTree } from "./image_tree.ts";
import { ARCHIVE_LIMITS, type ArchiveLimits } from "./limits.ts";
import { layerBudget, type LayerContext, readLayers } from "./read_layers.ts";

/** Files whose content is of interest. */
export interface TextSelection {
  /** Whether a file is one of them, by its path without a leading slash. */
  readonly wants: (path: string) => boolean;
  /** The paths to look at when all layers are known: links may lead elsewhere. */
  readonly paths: (tree: ImageTree) => readonly string[];
}

/** How {@linkcode readImage} reads. */
export interface ReadImageOptions
  extends Partial<Pick<ImageChoice, "ref" | "platform">> {
  /** Files whose content is kept. Default: none. */
  readonly texts?: TextSelection;
  /** What is too much. Default {@linkcode ARCHIVE_LIMITS}. */
  readonly limits?: ArchiveLimits;
  /** Stops reading. */
  readonly signal?: AbortSignal;
}

/** A saved image that was read. */
export interface SavedImage {
  /** Its configuration. */
  readonly config: ImageConfig;
  /** Its files. */
  readonly tree: ImageTree;
}

const NO_TEXTS: TextSelection = { wants: () => false, paths: () => [] };

/**
 * Reads a saved image.
 *
 * Digests of everything that is read are compared.
 *
 * @param host The machine.
 * @param path A docker archive, an OCI archive or the folder of an OCI layout;
 * an archive may be packed by gzip or zstd.
 * @param options Which image, and what is of interest.
 * @returns The image.
 * @throws {ArchiveError} If it cannot be read or must not be trusted, with the
 * place.
 *
 * @example What is no image
 * ```ts
 * import { readImage } from "./read_image.ts";
 * import { ArchiveError } from "./archive_error.ts";
 * import { MemoryHost } from "../../../host/memory_host.ts";
 * import { assertRejects } from "@std/assert";
 *
 * await assertRejects(
 *   () => readImage(new MemoryHost(), "/image.tar"),
 *   ArchiveError,
 *   'Cannot read image "/image.tar": no such file or directory',
 * );
 * ```
 */
export async function readImage(
  host: ArchiveHost & Pick<Host, "architecture">,
  path: string,
  options: ReadImageOptions = {},
): Promise<SavedImage> {
  const { limits = ARCHIVE_LIMITS, texts = NO_TEXTS, signal } = options;
  const machine = {
    os: "linux",
    architecture: host.architecture(),
    variant: undefined,
  };
  return await locating({ archive: path }, async () => {
    using store = await openBlobStore(host, path, limits);
    const budget = layerBudget(limits);
    const context = { store, limits, budget, wants: texts.wants, signal };
    const images = await findImages(context);
    const image = await chooseImage(images, { ...options, machine });
    const plan = await image.open();
    const tree = await readTree(plan, context);
    await addContents(tree, texts, { plan, context });
    return { config: plan.config, tree };
  });
}

async function readTree(
  plan: ImagePlan,
  context: LayerContext,
): Promise<ImageTree> {
  const layers = await readLayers(plan, context);
  const tree = new ImageTree(context.budget);
  for (const layer of layers) tree.apply(layer);
  return tree;
}

/** Files of interest behind links are known by other names: one more look. */
async function addContents(
  tree: ImageTree,
  texts: TextSelection,
  { plan, context }: { plan: ImagePlan; context: LayerContext },
): Promise<void> {
  const missing = texts.paths(tree)
    .flatMap((path) => nodeAt(tree, path) ?? [])
    .filter(({ kind, size, content }) =>
      kind === "file" && content === undefined &&
      size <= context.limits.textBytes
    );
  if (missing.length === 0) return;
  const wanted = new Set(missing.map(({ origin }) => plainPath(origin.entry)));
  const wants = (path: string) => wanted.has(path);
  const budget = layerBudget(context.limits);
  for (const layer of await readLayers(plan, { ...context, wants, budget })) {
    for (const { path, content } of layer.entries) {
      const found = missing.find(({ origin }) =>
        origin.layer === layer.name &&
        plainPath(origin.entry) === path
      );
      if (found !== undefined) found.content = content;
    }
  }
}

function plainPath(entry: string): string {
  const result = parseEntryPath(entry);
  return result.ok ? result.path : "";
}

function nodeAt(tree: ImageTree, path: string): ImageNode | undefined {
  try {
    return tree.resolve(path).node;
  } catch (error) {
    if (error instanceof HostError) return undefined;
    throw error;
  }
}
