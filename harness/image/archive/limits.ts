/**
 * How much of a saved image is looked at before it is called an attack.
 *
 * @module
 */

/** The limits. All of them are far beyond what images hold in practice. */
export interface ArchiveLimits {
  /** Bytes of one JSON document: manifest, index, configuration. */
  readonly documentBytes: number;
  /** Entries of the archive itself, and images an index may lead to. */
  readonly entries: number;
  /** Layers of an image. */
  readonly layers: number;
  /** Bytes of one layer, unpacked. */
  readonly layerBytes: number;
  /** Bytes from which on {@linkcode ArchiveLimits.ratio} is looked at. */
  readonly ratioFrom: number;
  /** Unpacked bytes for each packed byte of a layer. */
  readonly ratio: number;
  /** Names in all layers together, folders that are only implied included. */
  readonly names: number;
  /** Bytes of all those names together. */
  readonly nameBytes: number;
  /** Bytes of a file that is read and not only listed. */
  readonly textBytes: number;
  /** Bytes of all files that are read. */
  readonly textsBytes: number;
}

const MIB = 2 ** 20;

/**
 * The limits that hold unless the caller says otherwise.
 *
 * @example Usage
 * ```ts
 * import { ARCHIVE_LIMITS } from "./limits.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(ARCHIVE_LIMITS.names, 1_000_000);
 * ```
 */
export const ARCHIVE_LIMITS: ArchiveLimits = {
  documentBytes: 4 * MIB,
  entries: 10_000,
  layers: 1_000,
  layerBytes: 64 * 1024 * MIB,
  ratioFrom: 256 * MIB,
  ratio: 200,
  names: 1_000_000,
  nameBytes: 128 * MIB,
  textBytes: MIB,
  textsBytes: 16 * MIB,
};
