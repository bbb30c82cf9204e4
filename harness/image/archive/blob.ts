/**
 * A part of a saved image, and where it is found.
 *
 * @module
 */

import type { Host } from "../../../host/host.ts";
import type { ByteStream } from "./byte_reader.ts";
import type { Digest } from "./digest.ts";

/** A part of a saved image. */
export interface Blob {
  /** Its name. */
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** Where it stands: parts are best read in this order. */
  readonly position: number;
  /** Reads it. */
  chunks(): ByteStream;
}

/** The parts of a saved image. */
export interface BlobStore extends Disposable {
  /**
   * Looks for a part.
   *
   * @param name Its name; one that leads out of the archive finds nothing.
   * @returns The part, or nothing.
   * @throws {ArchiveError} If it is there but cannot be read.
   */
  find(name: string): Blob | undefined;
  /** The names of what there is; of a folder only those at its top. */
  names(): readonly string[];
}

/** A part that something refers to. */
export interface BlobPart {
  /** Its name. */
  readonly blob: string;
  /** The digest it should have, where that is known. */
  readonly digest?: Digest | undefined;
  /** The size it should have, where that is known. */
  readonly size?: number | undefined;
}

/** The part of the machine that reading a saved image needs. */
export type ArchiveHost = Pick<
  Host,
  "stat" | "openFile" | "realPath" | "readDirectory"
>;
