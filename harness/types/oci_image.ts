/**
 * The case type `oci.image`: statements about an image that is not started.
 *
 * @module
 */

import { CaseError } from "../case_error.ts";
import type { Json } from "../json.ts";
import type { HarnessType } from "./harness_type.ts";

/** The image that cases of the type speak about. */
export interface ImageSource {
  /** The files the contract speaks of, by path, as a JSON value. */
  readonly files: () => Json;
}

/**
 * Makes the case type `oci.image` for one image.
 *
 * Target `files_json` holds the image's contract files by absolute path, each
 * with `kind`, `mode` (four octal digits) and `size`.
 *
 * @param source The image.
 * @returns The type, to be added to those of a run.
 *
 * @example Usage
 * ```ts
 * import { ociImageType } from "./oci_image.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const type = ociImageType({ files: () => ({}) });
 * assertEquals(type.name, "oci.image");
 * assertEquals(type.capabilities, ["oci.image", "oci.image.files"]);
 * ```
 */
export function ociImageType(source: ImageSource): HarnessType {
  return {
    name: "oci.image",
    keys: [],
    harnessKeys: ["spec_lang"],
    targets: { files_json: ["contain", "regex", "json_type", "evaluate"] },
    capabilities: ["oci.image", "oci.image.files"],
    compile: () => ({
      exclusive: false,
      run(_context, judge) {
        const text = JSON.stringify(source.files());
        judge((target) => {
          if (target === "files_json") return text;
          throw new CaseError("schema", `unknown assert target: ${target}`);
        });
        return Promise.resolve();
      },
    }),
  };
}
