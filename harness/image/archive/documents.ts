/**
 * The JSON documents of a saved image, as far as they are needed.
 *
 * Source: OCI image specification, "Image Index", "Image Manifest" and "Image
 * Configuration"; Docker image specification 1.2, "Combined Image JSON".
 *
 * @module
 */

import { quoted } from "../../../text/printable.ts";
import type { Json, JsonObject } from "../../json.ts";
import {
  anyMapping,
  list,
  mapping,
  own,
  text,
  texts,
  wrong,
} from "./_shape.ts";
import { ArchiveError } from "./archive_error.ts";
import { type Digest, parseDigest } from "./digest.ts";
import type { Platform } from "./platform.ts";

/** A pointer to a blob. */
export interface Descriptor {
  /** What the blob says it is. */
  readonly mediaType: string;
  /** Its digest. */
  readonly digest: Digest;
  /** Its size in bytes. */
  readonly size: number;
  /** For which machine it is, where that is said. */
  readonly platform: Platform | undefined;
  /** Names and remarks. */
  readonly annotations: ReadonlyMap<string, string>;
}

/** An image of a docker archive. */
export interface DockerImage {
  /** Where its configuration is. */
  readonly config: string;
  /** Its names. */
  readonly tags: readonly string[];
  /** Where its layers are, the lowest first. */
  readonly layers: readonly string[];
}

/** A manifest. */
export interface ImageManifest {
  /** Its configuration. */
  readonly config: Descriptor;
  /** Its layers, the lowest first. */
  readonly layers: readonly Descriptor[];
}

/** A configuration. */
export interface ImageConfig {
  /** For which machine the image is. */
  readonly platform: Platform;
  /** The digests of its layers, unpacked, the lowest first. */
  readonly diffIds: readonly Digest[];
  /** How containers are started. */
  readonly config: JsonObject;
  /** The whole document, `config` always among it. */
  readonly document: JsonObject;
}

/**
 * Reads `manifest.json` of a docker archive.
 *
 * @param value Its value.
 * @returns The images in the archive, at least one.
 * @throws {ArchiveError} If it has another shape.
 *
 * @example Usage
 * ```ts
 * import { parseDockerManifest } from "./documents.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const [image] = parseDockerManifest([
 *   { Config: "a.json", RepoTags: ["jq:1"], Layers: ["b.tar"] },
 * ]);
 * assertEquals(image?.tags, ["jq:1"]);
 * ```
 */
export function parseDockerManifest(value: Json): readonly DockerImage[] {
  const images = list(value, "the document");
  if (images.length === 0) throw new ArchiveError("it lists no image");
  return images.map((image, index) => {
    const at = `[${index}]`;
    const object = mapping(image, at);
    const tags = own(object, "RepoTags") ?? [];
    return {
      config: text(own(object, "Config"), `${at}.Config`),
      tags: texts(tags, `${at}.RepoTags`),
      layers: texts(own(object, "Layers"), `${at}.Layers`),
    };
  });
}

/**
 * Reads an index.
 *
 * @param value Its value.
 * @returns What it points at.
 * @throws {ArchiveError} If it has another shape.
 *
 * @example Usage
 * ```ts
 * import { parseIndex } from "./documents.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(parseIndex({ schemaVersion: 2, manifests: [] }), []);
 * ```
 */
export function parseIndex(value: Json): readonly Descriptor[] {
  const manifests = own(mapping(value, "the document"), "manifests");
  return list(manifests, "manifests").map((item, index) =>
    descriptor(item, `manifests[${index}]`)
  );
}

/**
 * Reads a manifest.
 *
 * @param value Its value.
 * @returns Its configuration and layers.
 * @throws {ArchiveError} If it has another shape, or is not that of an image.
 *
 * @example Something else in the place of an image
 * ```ts
 * import { parseManifest } from "./documents.ts";
 * import { ArchiveError } from "./archive_error.ts";
 * import { assertThrows } from "@std/assert";
 *
 * assertThrows(() => parseManifest({ layers: [] }), ArchiveError, "config");
 * ```
 */
export function parseManifest(value: Json): ImageManifest {
  const object = mapping(value, "the document");
  const config = descriptor(own(object, "config"), "config");
  if (!CONFIG_TYPES.has(config.mediaType)) {
    throw new ArchiveError(
      `it is no container image: its config is of type ${
        quoted(config.mediaType)
      }`,
    );
  }
  const layers = list(own(object, "layers"), "layers");
  return {
    config,
    layers: layers.map((item, index) => descriptor(item, `layers[${index}]`)),
  };
}

const CONFIG_TYPES: ReadonlySet<string> = new Set([
  "application/vnd.oci.image.config.v1+json",
  "application/vnd.docker.container.image.v1+json",
]);

/**
 * Reads a configuration.
 *
 * @param value Its value.
 * @returns What is needed of it.
 * @throws {ArchiveError} If it has another shape.
 *
 * @example Usage
 * ```ts
 * import { parseImageConfig } from "./documents.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const { platform } = parseImageConfig({
 *   os: "linux",
 *   architecture: "arm64",
 *   rootfs: { type: "layers", diff_ids: [] },
 * });
 * assertEquals(platform.architecture, "arm64");
 * ```
 */
export function parseImageConfig(value: Json): ImageConfig {
  const object = mapping(value, "the document");
  const rootfs = mapping(own(object, "rootfs"), "rootfs");
  const diffIds = list(own(rootfs, "diff_ids"), "rootfs.diff_ids");
  const config = mapping(own(object, "config") ?? {}, "config");
  for (const key of START_KEYS) own(config, key);
  return {
    platform: platform(object, ""),
    diffIds: diffIds.map((item, index) =>
      digest(item, `rootfs.diff_ids[${index}]`)
    ),
    config,
    document: { ...object, config },
  };
}

/** What decides on how a container is started. */
const START_KEYS = ["Entrypoint", "Cmd", "User", "Healthcheck"] as const;

function descriptor(value: Json | undefined, at: string): Descriptor {
  const object = mapping(value, at);
  const size = own(object, "size");
  if (typeof size !== "number" || !Number.isSafeInteger(size) || size < 0) {
    throw wrong(`${at}.size`, "a size in bytes", size);
  }
  const place = own(object, "platform") ?? undefined;
  const notes = anyMapping(
    own(object, "annotations") ?? {},
    `${at}.annotations`,
  );
  return {
    mediaType: text(own(object, "mediaType"), `${at}.mediaType`),
    digest: digest(own(object, "digest"), `${at}.digest`),
    size,
    platform: place === undefined
      ? undefined
      : platform(mapping(place, `${at}.platform`), `${at}.platform.`),
    annotations: new Map(
      Object.entries(notes).map(([key, note]) => [
        key,
        text(note, `${at}.annotations.${key}`),
      ]),
    ),
  };
}

function platform(object: JsonObject, at: string): Platform {
  const variant = own(object, "variant") ?? undefined;
  return {
    os: text(own(object, "os"), `${at}os`),
    architecture: text(own(object, "architecture"), `${at}architecture`),
    variant: variant === undefined || variant === ""
      ? undefined
      : text(variant, `${at}variant`),
  };
}

function digest(value: Json | undefined, at: string): Digest {
  const parsed = typeof value === "string" ? parseDigest(value) : undefined;
  if (parsed === undefined) {
    throw wrong(at, 'a digest, "sha256:" and 64 hexadecimal digits', value);
  }
  return parsed;
}
