/**
 * The image identity: what `/etc/runner/image.env` must say.
 *
 * @module
 */

import type { FileKind, Host } from "../host/host.ts";
import { HostError } from "../host/host.ts";
import { type EnvEntry, MAX_ENV_FILE_BYTES, parseEnvFile } from "./env_file.ts";
import { IDENTITY_FILE } from "./paths.ts";

/** The keys every identity has, and none of them empty. */
export const REQUIRED_IDENTITY_KEYS = [
  "RUNNER_IMAGE",
  "RUNNER_DOMAIN",
  "RUNNER_ROLE",
] as const;

/** What an image says about itself. Only {@linkcode loadIdentity} makes one. */
export interface ImageIdentity {
  /** `RUNNER_IMAGE`: the image's name. */
  readonly image: string;
  /** `RUNNER_DOMAIN`: what it is for. */
  readonly domain: string;
  /** `RUNNER_ROLE`: its part in that domain. */
  readonly role: string;
  /** Every key of the file, also the required ones, in the file's order. */
  readonly entries: readonly EnvEntry[];
}

/** A value, or every problem as a sentence that names file, line and key. */
export type ContractFileResult<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problems: readonly string[] };

/** The part of the machine that reading a contract file needs. */
export type FileReader = Pick<Host, "stat" | "readFile">;

/**
 * Reads and checks the image identity.
 *
 * Values come from the file alone, never from the environment.
 *
 * Source: Runner Platform Contract, "Image identity contract".
 *
 * @param host The machine, or the part of it that reads files.
 * @param path The file; its fixed path unless a tool inspects another tree.
 * @returns The identity, or every problem at once.
 *
 * @example Read an identity without a file system
 * ```ts
 * import { loadIdentity } from "./identity.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const text = "RUNNER_IMAGE=base\nRUNNER_DOMAIN=base\n";
 * const result = loadIdentity({
 *   stat: () => ({ kind: "file", size: text.length, mode: 0o444 }),
 *   readFile: () => new TextEncoder().encode(text),
 * });
 * assertEquals(result, {
 *   ok: false,
 *   problems: ["RUNNER_ROLE is missing in /etc/runner/image.env"],
 * });
 * ```
 */
export function loadIdentity(
  host: FileReader,
  path: string = IDENTITY_FILE,
): ContractFileResult<ImageIdentity> {
  const bytes = readBounded(host, path);
  if (!bytes.ok) return bytes;
  if (bytes.value.length === 0) {
    return { ok: false, problems: [`${path} is empty`] };
  }
  const file = parse(bytes.value, path);
  if (!file.ok) return file;
  const values = new Map(file.value.map((entry) => [entry.key, entry]));
  const problems: string[] = [];
  const required = (key: string): string => {
    const entry = values.get(key);
    if (entry === undefined) problems.push(`${key} is missing in ${path}`);
    else if (entry.value.trim() === "") {
      problems.push(`${path}:${entry.line}: ${key} is empty`);
    }
    return entry?.value ?? "";
  };
  const [image, domain, role] = [
    required("RUNNER_IMAGE"),
    required("RUNNER_DOMAIN"),
    required("RUNNER_ROLE"),
  ];
  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, value: { image, domain, role, entries: file.value } };
}

/**
 * Reads an env file of the contract: a regular file of at most 64 KiB.
 *
 * The type is checked before the file is opened, since opening a FIFO would
 * wait for ever and a device may never end. Only the identity has to hold
 * something: an image without tools has an empty list of them.
 *
 * @param host The machine, or the part of it that reads files.
 * @param path The file.
 * @returns Its entries, or every problem at once, each with file and line.
 *
 * @example Usage
 * ```ts
 * import { loadEnvFile } from "./identity.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const result = loadEnvFile({
 *   stat: () => ({ kind: "directory", size: 0, mode: 0o755 }),
 *   readFile: () => new Uint8Array(),
 * }, "/etc/runner/tools.env");
 * assertEquals(result, {
 *   ok: false,
 *   problems: ["/etc/runner/tools.env is a directory, wanted a regular file"],
 * });
 * ```
 */
export function loadEnvFile(
  host: FileReader,
  path: string,
): ContractFileResult<readonly EnvEntry[]> {
  const bytes = readBounded(host, path);
  return bytes.ok ? parse(bytes.value, path) : bytes;
}

/** Files of the kernel hold more than the size they tell, some without end. */
const READING = { maxBytes: MAX_ENV_FILE_BYTES } as const;

function readBounded(
  host: FileReader,
  path: string,
): ContractFileResult<Uint8Array> {
  try {
    const { kind, size } = host.stat(path);
    const problem = checkFile(kind, size);
    return problem === undefined
      ? { ok: true, value: host.readFile(path, READING) }
      : { ok: false, problems: [`${path} ${problem}`] };
  } catch (error) {
    if (!(error instanceof HostError)) throw error;
    return { ok: false, problems: [`${path}: ${error.reason}`] };
  }
}

function checkFile(kind: FileKind, size: number): string | undefined {
  if (kind !== "file") {
    const what = kind === "directory" ? "a directory" : "a device or pipe";
    return `is ${what}, wanted a regular file`;
  }
  if (size > MAX_ENV_FILE_BYTES) {
    return `has ${size} bytes, at most ${MAX_ENV_FILE_BYTES} are allowed`;
  }
  return undefined;
}

function parse(
  bytes: Uint8Array,
  path: string,
): ContractFileResult<readonly EnvEntry[]> {
  const result = parseEnvFile(bytes);
  if (result.ok) return { ok: true, value: result.entries };
  const problems = result.problems.map(({ line, column, message }) =>
    `${path}:${line}:${column}: ${message}`
  );
  return { ok: false, problems };
}
