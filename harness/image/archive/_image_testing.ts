/** Writes small saved images for tests, of every kind. */

import { type Digest, digestText } from "./digest.ts";
import { digestOf } from "./stream.ts";
import { bytesOf, tarOf, type TestEntry } from "./_tar_testing.ts";

/** An image as a test writes it down. */
export interface TestImage {
  /** The layers, the lowest first: entries, or the bytes of the archive. */
  readonly layers: readonly (readonly TestEntry[] | Uint8Array)[];
  /** `config` of the configuration. */
  readonly config?: Readonly<Record<string, unknown>>;
  readonly architecture?: string;
  readonly variant?: string;
  /** Packs a layer. Default: not at all. */
  readonly pack?: (layer: Uint8Array) => Uint8Array;
}

/** The files of a saved image. */
export type Parts = Record<string, string | Uint8Array>;

/** An image taken apart. */
export interface TestParts {
  readonly config: string;
  readonly layers: readonly Uint8Array[];
}

/** Configuration and packed layers of an image. */
export function partsOf(image: TestImage): TestParts {
  const { architecture = "amd64", variant, pack = (layer) => layer } = image;
  const layers = image.layers.map((layer) =>
    layer instanceof Uint8Array ? layer : tarOf(layer)
  );
  const config = JSON.stringify({
    ...{ os: "linux", architecture },
    ...(variant === undefined ? {} : { variant }),
    config: image.config ?? {},
    rootfs: {
      type: "layers",
      diff_ids: layers.map((layer) => digestText(digestOf(layer))),
    },
  });
  return { config, layers: layers.map(pack) };
}

/** What `docker save` and `podman save` wrote for a long time. */
export function dockerParts(image: TestImage, tag = "test:1"): Parts {
  const { config, layers } = partsOf(image);
  const names = layers.map((_, index) => `${index}/layer.tar`);
  const name = `${digestOf(bytesOf(config)).hex}.json`;
  return {
    ...Object.fromEntries(names.map((name, at) => [name, layers[at] ?? ""])),
    [name]: config,
    "manifest.json": JSON.stringify([
      { Config: name, RepoTags: [tag], Layers: names },
    ]),
  };
}

/** Collects the blobs of an OCI layout. */
export class Layout {
  readonly #parts: Parts = { "oci-layout": '{"imageLayoutVersion":"1.0.0"}' };

  /** Puts a blob and points at it. */
  put(content: string | Uint8Array, mediaType: string, more: object = {}) {
    const digest: Digest = digestOf(bytesOf(content));
    this.#parts[`blobs/sha256/${digest.hex}`] = content;
    const size = bytesOf(content).length;
    return { mediaType, digest: digestText(digest), size, ...more };
  }

  /** Puts an image and points at its manifest. */
  putImage(image: TestImage, more: object = {}) {
    const { config, layers } = partsOf(image);
    const manifest = JSON.stringify({
      schemaVersion: 2,
      config: this.put(config, `${OCI}.config.v1+json`),
      layers: layers.map((layer) => this.put(layer, `${OCI}.layer.v1.tar`)),
    });
    return this.put(manifest, `${OCI}.manifest.v1+json`, more);
  }

  /** Puts an index and points at it. */
  putIndex(manifests: readonly object[], more: object = {}) {
    return this.put(indexOf(manifests), `${OCI}.index.v1+json`, more);
  }

  /** The layout, its index pointing at these. */
  parts(manifests: readonly object[]): Parts {
    return { ...this.#parts, "index.json": indexOf(manifests) };
  }
}

const OCI = "application/vnd.oci.image";

function indexOf(manifests: readonly object[]): string {
  return JSON.stringify({ schemaVersion: 2, manifests });
}

/** An OCI layout with one image. */
export function layoutParts(image: TestImage): Parts {
  const layout = new Layout();
  return layout.parts([layout.putImage(image)]);
}

/** The parts as a tar archive. */
export function archiveOf(parts: Parts): Uint8Array<ArrayBuffer> {
  return tarOf(
    Object.entries(parts).map(([name, content]) => ({ name, content })),
  );
}

/** The parts as files of a folder. */
export function folderOf(parts: Parts, root: string): Parts {
  return Object.fromEntries(
    Object.entries(parts).map(([name, content]) => [
      `${root}/${name}`,
      content,
    ]),
  );
}
