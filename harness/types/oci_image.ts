/**
 * The case type `oci.image`: statements about an image that is not started.
 *
 * @module
 */

import { CaseError } from "../case_error.ts";
import type { HarnessType, OperatorName } from "./harness_type.ts";

/**
 * What cases can speak about. Each target is a JSON text:
 *
 * - `config_json`: the image configuration, as it is written;
 * - `files_json`: the files the contract speaks of, by path;
 * - `plugins_json`: the list of what is in the plugin directory;
 * - `identity_json`: the entries of the identity, and what is wrong with it;
 * - `user_json`: as whom containers run;
 * - `privileges_json`: ways to become root.
 */
export type ImageTarget =
  | "config_json"
  | "files_json"
  | "plugins_json"
  | "identity_json"
  | "user_json"
  | "privileges_json";

/** The texts behind the targets; those that are not there cannot be told. */
export type ImageSource = Readonly<Partial<Record<ImageTarget, () => string>>>;

const OPERATORS: readonly OperatorName[] = [
  "contain",
  "regex",
  "json_type",
  "evaluate",
];

const TARGETS: Readonly<Record<ImageTarget, readonly OperatorName[]>> = {
  "config_json": OPERATORS,
  "files_json": OPERATORS,
  "plugins_json": OPERATORS,
  "identity_json": OPERATORS,
  "user_json": OPERATORS,
  "privileges_json": OPERATORS,
};

/** The capability that stands for a target. */
const CAPABILITIES: Readonly<Record<ImageTarget, string>> = {
  "config_json": "oci.image.config",
  "files_json": "oci.image.files",
  "plugins_json": "oci.image.plugins",
  "identity_json": "oci.image.identity",
  "user_json": "oci.image.user",
  "privileges_json": "oci.image.privileges",
};

/**
 * Makes the case type `oci.image` for one image.
 *
 * Each target that the image has is a capability: `oci.image.files` stands for
 * `files_json`.
 *
 * @param source The image.
 * @returns The type, to be added to those of a run.
 *
 * @example Usage
 * ```ts
 * import { ociImageType } from "./oci_image.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const type = ociImageType({ "files_json": () => "{}" });
 * assertEquals(type.name, "oci.image");
 * assertEquals(type.capabilities, ["oci.image", "oci.image.files"]);
 * ```
 */
export function ociImageType(source: ImageSource): HarnessType {
  const targets = Object.keys(source).filter(isTarget);
  return {
    name: "oci.image",
    keys: [],
    harnessKeys: ["spec_lang"],
    targets: TARGETS,
    capabilities: [
      "oci.image",
      ...targets.map((target) => CAPABILITIES[target]),
    ],
    compile: () => ({
      exclusive: false,
      run(_context, judge) {
        judge((target) => read(source, target));
        return Promise.resolve();
      },
    }),
  };
}

function isTarget(name: string): name is ImageTarget {
  return Object.hasOwn(TARGETS, name);
}

function read(source: ImageSource, target: string): string {
  if (!isTarget(target)) {
    throw new CaseError("schema", `unknown assert target: ${target}`);
  }
  const text = source[target];
  if (text !== undefined) return text();
  throw new CaseError(
    "runtime",
    `the image has no ${target} here: require the capability "${
      CAPABILITIES[target]
    }"`,
  );
}
