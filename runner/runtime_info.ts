/**
 * Gathering what `info` and `version` tell.
 *
 * @module
 */

import { type Host, HostError } from "../host/host.ts";
import { type EnvEntry, MAX_ENV_FILE_BYTES } from "./env_file.ts";
import {
  type ContractFileResult,
  type ImageIdentity,
  loadEnvFile,
} from "./identity.ts";
import { INFO_DIRECTORY, RUNTIME_FILE, TOOLS_FILE } from "./paths.ts";
import { listPlugins, type PluginEntry } from "./plugins.ts";
import { rawVariable } from "./start_state.ts";
import { CONTRACT_VERSION, VERSION } from "./version.ts";

/** A tool of the image and its version, from `TOOL_<NAME>_VERSION`. */
export interface ToolVersion {
  /** The tool's name in lower case. */
  readonly name: string;
  /** Its version as written. */
  readonly version: string;
}

/** Everything `info` tells. */
export interface RuntimeInfo {
  /** The image's identity. */
  readonly identity: ImageIdentity;
  /** Version of this program. */
  readonly runnerVersion: string;
  /** Version of the contract. */
  readonly contractVersion: string;
  /** Every key of `runtime.env`: the declared user, shell and work directory. */
  readonly declared: readonly EnvEntry[];
  /** The ids and the work directory the process really has. */
  readonly actual: {
    readonly uid: number;
    readonly gid: number;
    /** Nothing if it is gone or unreadable. */
    readonly workDirectory: string | undefined;
    /** `HOME` of the environment, if set. */
    readonly home: string | undefined;
  };
  /** Every name in the plugin directory. */
  readonly plugins: readonly PluginEntry[];
  /** The image's tools. */
  readonly tools: readonly ToolVersion[];
  /** The texts of the derived image, in the order of their file names. */
  readonly notes: readonly { readonly name: string; readonly text: string }[];
}

/** What `version` tells. */
export type VersionInfo = Pick<
  RuntimeInfo,
  "runnerVersion" | "contractVersion" | "tools"
>;

/** The part of the machine that `info` looks at. */
export type InfoHost = Pick<
  Host,
  | "cwd"
  | "lstat"
  | "mayAccess"
  | "readDirectory"
  | "readFile"
  | "stat"
  | "userIds"
>;

/** The part of the machine that reading a file that may be missing needs. */
export type OptionalFileReader = Pick<Host, "lstat" | "stat" | "readFile">;

const TOOL_VERSION_REGEXP = /^TOOL_(.+)_VERSION$/;

/**
 * Reads the versions of runner, contract and tools.
 *
 * An image without `tools.env` has no tools; a broken one, also a dangling link,
 * is an error.
 *
 * @param host The machine, or the part of it that reads files.
 * @returns The versions, or every problem of the file at once.
 *
 * @example Usage
 * ```ts
 * import { readVersionInfo } from "./runtime_info.ts";
 * import { assert, assertEquals } from "@std/assert";
 *
 * const text = "TOOL_JQ_VERSION=1.6\n";
 * const result = readVersionInfo({
 *   lstat: () => ({ kind: "file", size: text.length, mode: 0o444 }),
 *   stat: () => ({ kind: "file", size: text.length, mode: 0o444 }),
 *   readFile: () => new TextEncoder().encode(text),
 * });
 * assert(result.ok);
 * assertEquals(result.value.tools, [{ name: "jq", version: "1.6" }]);
 * ```
 */
export function readVersionInfo(
  host: OptionalFileReader,
): ContractFileResult<VersionInfo> {
  const file = loadOptional(host, TOOLS_FILE);
  if (!file.ok) return file;
  const tools: ToolVersion[] = [];
  for (const { key, value } of file.value) {
    const name = TOOL_VERSION_REGEXP.exec(key)?.[1];
    if (name === undefined) continue;
    tools.push({ name: name.toLowerCase(), version: value });
  }
  return {
    ok: true,
    value: {
      runnerVersion: VERSION,
      contractVersion: CONTRACT_VERSION,
      tools,
    },
  };
}

/**
 * Gathers everything `info` tells.
 *
 * @param host The machine, or the part of it that is looked at.
 * @param identity The image's identity.
 * @param environment The entries of the caller's environment.
 * @returns What there is to tell, or every problem of a contract file at once.
 *
 * @example Usage
 * ```ts
 * import { readRuntimeInfo } from "./runtime_info.ts";
 * import { MemoryHost } from "../host/memory_host.ts";
 * import { assert, assertEquals } from "@std/assert";
 *
 * const host = new MemoryHost({
 *   ids: { uid: 10001, euid: 10001, gid: 10001, egid: 10001 },
 *   files: { "/usr/local/lib/runner.d": { kind: "directory", mode: 0o555 } },
 * });
 * const identity = { image: "a", domain: "b", role: "c", entries: [] };
 * const result = readRuntimeInfo(host, identity, []);
 * assert(result.ok);
 * assertEquals(result.value.actual.uid, 10001);
 * ```
 */
export function readRuntimeInfo(
  host: InfoHost,
  identity: ImageIdentity,
  environment: readonly Uint8Array[],
): ContractFileResult<RuntimeInfo> {
  const declared = loadOptional(host, RUNTIME_FILE);
  const versions = readVersionInfo(host);
  const plugins = listPlugins(host);
  const notes = readNotes(host);
  if (!declared.ok || !versions.ok || !plugins.ok || !notes.ok) {
    const problems = [declared, versions, plugins, notes].flatMap((result) =>
      result.ok ? [] : result.problems
    );
    return { ok: false, problems };
  }
  const { uid, gid } = host.userIds();
  const home = rawVariable(environment, "HOME");
  return {
    ok: true,
    value: {
      ...versions.value,
      identity,
      declared: declared.value,
      actual: {
        uid,
        gid,
        workDirectory: workDirectory(host),
        home: home === undefined ? undefined : new TextDecoder().decode(home),
      },
      plugins: plugins.value,
      notes: notes.value,
    },
  };
}

function loadOptional(
  host: OptionalFileReader,
  path: string,
): ContractFileResult<readonly EnvEntry[]> {
  return isMissing(host, path)
    ? { ok: true, value: [] }
    : loadEnvFile(host, path);
}

function isMissing(host: Pick<Host, "lstat">, path: string): boolean {
  try {
    host.lstat(path);
    return false;
  } catch (error) {
    if (error instanceof HostError) return error.code === "ENOENT";
    throw error;
  }
}

function workDirectory(host: Pick<Host, "cwd">): string | undefined {
  try {
    return host.cwd();
  } catch (error) {
    if (error instanceof HostError) return undefined;
    throw error;
  }
}

function readNotes(host: InfoHost): ContractFileResult<RuntimeInfo["notes"]> {
  try {
    if (isMissing(host, INFO_DIRECTORY)) return { ok: true, value: [] };
    const notes = host.readDirectory(INFO_DIRECTORY)
      .filter(({ name }) => name.endsWith(".txt"))
      .map(({ name }) => ({ name, text: readNote(host, name) }));
    return { ok: true, value: notes };
  } catch (error) {
    if (!(error instanceof HostError)) throw error;
    return { ok: false, problems: [error.message] };
  }
}

/** Text, never code; one that cannot be read says so in its place. */
function readNote(host: InfoHost, name: string): string {
  const path = `${INFO_DIRECTORY}/${name}`;
  try {
    const { kind, size } = host.stat(path);
    if (kind !== "file") return `${path}: is not a regular file`;
    if (size > MAX_ENV_FILE_BYTES) return `${path}: is too large`;
    const bytes = host.readFile(path, { maxBytes: MAX_ENV_FILE_BYTES });
    return new TextDecoder().decode(bytes);
  } catch (error) {
    if (error instanceof HostError) return `${path}: ${error.reason}`;
    throw error;
  }
}
