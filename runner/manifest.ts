/**
 * The image manifest: what an image author writes, and the contract files that
 * are made from it at build time.
 *
 * @module
 */

import { stringify } from "@std/dotenv/stringify";
import { nearest } from "../text/nearest.ts";
import { quoted } from "../text/printable.ts";
import { type EnvEntry, parseEnvFile } from "./env_file.ts";
import { REQUIRED_IDENTITY_KEYS } from "./identity.ts";
import {
  IDENTITY_FILE,
  PLUGIN_DIRECTORY,
  RUNTIME_FILE,
  TOOLS_FILE,
} from "./paths.ts";

/** A manifest that is complete and valid. Only {@linkcode parseManifest} makes one. */
export interface Manifest {
  /** Every entry but the schema version, in the manifest's order. */
  readonly entries: readonly EnvEntry[];
  /** The user that the image declares. */
  readonly user: RuntimeUser;
}

/** The user an image declares. */
export interface RuntimeUser {
  /** Login name. */
  readonly name: string;
  /** User id, never 0. */
  readonly uid: number;
  /** Group id, never 0. */
  readonly gid: number;
  /** Absolute path of the home directory. */
  readonly home: string;
  /** Absolute path of the directory that commands start in. */
  readonly workDirectory: string;
}

/** A manifest, or every problem with its line. */
export type ManifestResult =
  | { readonly ok: true; readonly manifest: Manifest }
  | { readonly ok: false; readonly problems: readonly ManifestProblem[] };

/** One thing that is wrong with a manifest. */
export interface ManifestProblem {
  /** The line, from 1; 0 if it is about the whole. */
  readonly line: number;
  /** What is wrong. */
  readonly message: string;
}

/** One file of an image, not yet written. */
export interface MaterializedFile {
  /** Path below the root of the image, without a leading slash. */
  readonly path: string;
  /** Its content; nothing for a directory. */
  readonly text: string | undefined;
  /** Its permission bits. */
  readonly mode: number;
}

const MAX_ID = 4_294_967_294;

/** A check of a value: what was wanted, if the value is not it. */
type ValueCheck = (value: string) => string | undefined;

const notEmpty: ValueCheck = (value) =>
  value.trim() === "" ? "a value that is not empty" : undefined;

const schemaVersion: ValueCheck = (value) =>
  value === "1" ? undefined : "1, the only version there is";

const userName: ValueCheck = (value) =>
  /^[a-z_][a-z0-9_-]{0,31}$/.test(value)
    ? undefined
    : "a user name: lower case, digits, _ and -, at most 32 characters";

const nonRootId: ValueCheck = (value) =>
  /^[1-9][0-9]{0,9}$/.test(value) && Number(value) <= MAX_ID
    ? undefined
    : `an id from 1 to ${MAX_ID}: an image never runs as root`;

const absolutePath: ValueCheck = (value) =>
  /^(\/[^/\s:]+)+$/.test(value) && !/\/\.{1,2}(\/|$)/.test(value)
    ? undefined
    : 'an absolute path without "..", white space or ":"';

const sha256: ValueCheck = (value) =>
  /^[0-9a-f]{64}$/.test(value) ? undefined : "64 hexadecimal digits";

/** Keys with a meaning of their own; all of them are required. */
const REQUIRED_KEYS: ReadonlyMap<string, ValueCheck> = new Map([
  ["MANIFEST_SCHEMA_VERSION", schemaVersion],
  ...REQUIRED_IDENTITY_KEYS.map((key) => [key, notEmpty] as const),
  ["RUNTIME_USER_NAME", userName],
  ["RUNTIME_USER_UID", nonRootId],
  ["RUNTIME_USER_GID", nonRootId],
  ["RUNTIME_USER_HOME", absolutePath],
  ["RUNTIME_SHELL", absolutePath],
  ["RUNTIME_WORKDIR", absolutePath],
]);

/** Keys that may be there besides. */
const FREE_KEYS: readonly (readonly [RegExp, ValueCheck])[] = [
  [/^RUNNER_[A-Z0-9_]+$/, () => undefined],
  [/^TOOL_[A-Z0-9_]+_VERSION$/, notEmpty],
  [/^TOOL_[A-Z0-9_]+_SHA256$/, sha256],
];

/**
 * Reads an image manifest.
 *
 * The text is literal, as {@linkcode parseEnvFile} reads it. Keys begin with
 * `RUNNER_`, `RUNTIME_` or `TOOL_`, and nothing is understood that is not
 * named: a slip would otherwise build an image that lacks what was meant.
 *
 * @param bytes The content of `image.manifest`.
 * @returns The manifest, or every problem in the order of its line.
 *
 * @example A manifest that forgets things
 * ```ts
 * import { parseManifest } from "./manifest.ts";
 * import { assert, assertEquals } from "@std/assert";
 *
 * const text = "MANIFEST_SCHEMA_VERSION=1\nRUNNER_IMAGE=jq\nTOOLS_JQ=1\n";
 * const result = parseManifest(new TextEncoder().encode(text));
 * assert(!result.ok);
 * assertEquals(result.problems[0]?.message, "RUNNER_DOMAIN is missing");
 * assertEquals(result.problems.at(-1), {
 *   line: 3,
 *   message: '"TOOLS_JQ" is not a key of a manifest: wanted RUNNER_*, RUNTIME_*, TOOL_*_VERSION or TOOL_*_SHA256',
 * });
 * ```
 */
export function parseManifest(bytes: Uint8Array): ManifestResult {
  const file = parseEnvFile(bytes);
  if (!file.ok) {
    const problems = file.problems.map(({ line, column, message }) => ({
      line,
      message: `column ${column}: ${message}`,
    }));
    return { ok: false, problems };
  }
  const values = new Map(file.entries.map(({ key, value }) => [key, value]));
  const problems = [
    ...missingKeys(values),
    ...file.entries.flatMap((entry) => checkEntry(entry, values)),
  ];
  if (problems.length > 0) return { ok: false, problems };
  const entries = file.entries.filter(({ key }) =>
    key !== "MANIFEST_SCHEMA_VERSION"
  );
  return { ok: true, manifest: { entries, user: readUser(values) } };
}

function missingKeys(values: ReadonlyMap<string, string>): ManifestProblem[] {
  return [...REQUIRED_KEYS.keys()]
    .filter((key) => !values.has(key))
    .map((key) => ({ line: 0, message: `${key} is missing` }));
}

function checkEntry(
  { key, value, line }: EnvEntry,
  values: ReadonlyMap<string, string>,
): ManifestProblem[] {
  const check = REQUIRED_KEYS.get(key) ??
    FREE_KEYS.find(([pattern]) => pattern.test(key))?.[1];
  if (check === undefined) return [{ line, message: unknownKey(key) }];
  const wanted = check(value);
  if (wanted !== undefined) {
    const message = `${key} must be ${wanted}, got ${quoted(value)}`;
    return [{ line, message }];
  }
  const tool = /^(TOOL_.+)_SHA256$/.exec(key)?.[1];
  if (tool !== undefined && !values.has(`${tool}_VERSION`)) {
    return [{ line, message: `${key} needs ${tool}_VERSION beside it` }];
  }
  return [];
}

function unknownKey(key: string): string {
  const suggestion = nearest(key, REQUIRED_KEYS.keys());
  const hint = suggestion === undefined
    ? "wanted RUNNER_*, RUNTIME_*, TOOL_*_VERSION or TOOL_*_SHA256"
    : `did you mean ${suggestion}?`;
  return `${quoted(key)} is not a key of a manifest: ${hint}`;
}

function readUser(values: ReadonlyMap<string, string>): RuntimeUser {
  const value = (key: string) => values.get(key) ?? "";
  return {
    name: value("RUNTIME_USER_NAME"),
    uid: Number(value("RUNTIME_USER_UID")),
    gid: Number(value("RUNTIME_USER_GID")),
    home: value("RUNTIME_USER_HOME"),
    workDirectory: value("RUNTIME_WORKDIR"),
  };
}

const READ_ONLY_FILE = 0o444;
const PLUGIN_DIRECTORY_MODE = 0o755;

/**
 * Makes the contract files of an image, as data.
 *
 * Each file holds the keys of its own prefix only, sorted. The manifest itself
 * is not among them: it never goes into an image.
 *
 * Source: Runner Platform Contract, "Identity materialization" and "Base image
 * guarantees".
 *
 * @param manifest The manifest.
 * @returns The files, and the plugin directory, which is empty.
 *
 * @example Usage
 * ```ts
 * import { materialize, parseManifest } from "./manifest.ts";
 * import { assert, assertEquals } from "@std/assert";
 *
 * const text = `MANIFEST_SCHEMA_VERSION=1
 * RUNNER_IMAGE=runner-base
 * RUNNER_DOMAIN=base
 * RUNNER_ROLE=base
 * RUNTIME_USER_NAME=runner
 * RUNTIME_USER_UID=10001
 * RUNTIME_USER_GID=10001
 * RUNTIME_USER_HOME=/home/runner
 * RUNTIME_SHELL=/bin/bash
 * RUNTIME_WORKDIR=/workspace
 * `;
 * const result = parseManifest(new TextEncoder().encode(text));
 * assert(result.ok);
 * const [identity] = materialize(result.manifest);
 * assertEquals(identity, {
 *   path: "etc/runner/image.env",
 *   text: "RUNNER_DOMAIN=base\nRUNNER_IMAGE='runner-base'\nRUNNER_ROLE=base\n",
 *   mode: 0o444,
 * });
 * ```
 */
export function materialize(manifest: Manifest): MaterializedFile[] {
  const file = (path: string, prefix: string): MaterializedFile => ({
    path: path.slice(1),
    text: envText(manifest.entries, prefix),
    mode: READ_ONLY_FILE,
  });
  return [
    file(IDENTITY_FILE, "RUNNER_"),
    file(RUNTIME_FILE, "RUNTIME_"),
    file(TOOLS_FILE, "TOOL_"),
    {
      path: PLUGIN_DIRECTORY.slice(1),
      text: undefined,
      mode: PLUGIN_DIRECTORY_MODE,
    },
  ];
}

function envText(entries: readonly EnvEntry[], prefix: string): string {
  const chosen = entries.filter(({ key }) => key.startsWith(prefix))
    .toSorted((a, b) => (a.key < b.key ? -1 : 1));
  if (chosen.length === 0) return "# none\n";
  const values = chosen.map(({ key, value }) => [key, value] as const);
  return stringify(Object.fromEntries(values)) + "\n";
}
