/**
 * Plugins: executable files in one directory, invoked by explicit name.
 *
 * @module
 */

import type { FileInfo, Host } from "../host/host.ts";
import { HostError } from "../host/host.ts";
import { isCoreCommand } from "./commands.ts";
import type { ContractFileResult } from "./identity.ts";
import { PLUGIN_DIRECTORY } from "./paths.ts";
import { parsePluginName, type PluginName } from "./plugin_name.ts";

/** A name in the plugin directory: runnable, or not and why. */
export type PluginEntry =
  | {
    readonly kind: "runnable";
    readonly name: PluginName;
    /** The absolute path to execute. */
    readonly path: string;
  }
  | {
    readonly kind: "refused";
    /** The file's name, which need not be a possible plugin name. */
    readonly name: string;
    /** Continues the sentence `NAME is no plugin: it …`. */
    readonly reason: string;
  };

/** The part of the machine that looking at plugins needs. */
export type PluginHost = Pick<Host, "lstat" | "mayAccess">;

const SET_ID_BITS = 0o6000;

/**
 * Looks at one plugin, and at no other file.
 *
 * A plugin is a regular file, not a symbolic link, executable for the caller,
 * not set-uid or set-gid; neither it nor its directory may be writable for the
 * caller, who could otherwise give himself a command.
 *
 * Source: Runner Platform Contract, "Plugin mechanism".
 *
 * @param host The machine, or the part of it that looks at files.
 * @param name A name that can only be a single path component.
 * @returns What there is under the name, or nothing if there is no such file.
 *
 * @example Usage
 * ```ts
 * import { findPlugin } from "./plugins.ts";
 * import { parsePluginName } from "./plugin_name.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const parsed = parsePluginName("hello");
 * if (!parsed.ok) throw new TypeError(parsed.reason);
 * const entry = findPlugin({
 *   lstat: () => ({ kind: "file", size: 10, mode: 0o555 }),
 *   mayAccess: (_path, access) => access !== "write",
 * }, parsed.name);
 * assertEquals(entry?.kind, "runnable");
 * ```
 */
export function findPlugin(
  host: PluginHost,
  name: PluginName,
): PluginEntry | undefined {
  const path = `${PLUGIN_DIRECTORY}/${name}`;
  let info: FileInfo;
  try {
    info = host.lstat(path);
  } catch (error) {
    if (!(error instanceof HostError)) throw error;
    if (error.code === "ENOENT") return undefined;
    return { kind: "refused", name, reason: `cannot be read: ${error.reason}` };
  }
  const reason = refusalReason(host, path, info);
  return reason === undefined
    ? { kind: "runnable", name, path }
    : { kind: "refused", name, reason };
}

const KIND_REASONS = {
  directory: "is a directory",
  symlink: "is a symbolic link",
  other: "is no regular file",
} as const;

function refusalReason(
  host: PluginHost,
  path: string,
  info: FileInfo,
): string | undefined {
  if (info.kind !== "file") return KIND_REASONS[info.kind];
  if ((info.mode & SET_ID_BITS) !== 0) return "is set-uid or set-gid";
  if (!host.mayAccess(path, "execute")) return "is not executable";
  if (host.mayAccess(path, "write")) return "is writable for the current user";
  if (host.mayAccess(PLUGIN_DIRECTORY, "write")) {
    return "stands in a directory that is writable for the current user";
  }
  return undefined;
}

/**
 * Lists the plugin directory.
 *
 * @param host The machine, or the part of it that looks at files.
 * @returns Every name in the directory, sorted by code point, each runnable or
 * refused with its reason; one bad entry never hides another.
 * @throws {HostError} If the directory cannot be read.
 *
 * @example An image that tries to replace a core command
 * ```ts
 * import { discoverPlugins } from "./plugins.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const plugins = discoverPlugins({
 *   readDirectory: () => [{ name: "version", kind: "file" }],
 *   lstat: () => ({ kind: "file", size: 10, mode: 0o555 }),
 *   mayAccess: (_path, access) => access !== "write",
 * });
 * assertEquals(plugins, [{
 *   kind: "refused",
 *   name: "version",
 *   reason: "has the name of a core command, which takes precedence",
 * }]);
 * ```
 */
export function discoverPlugins(
  host: PluginHost & Pick<Host, "readDirectory">,
): PluginEntry[] {
  const entries: PluginEntry[] = [];
  for (const { name } of host.readDirectory(PLUGIN_DIRECTORY)) {
    const entry = describe(host, name);
    if (entry !== undefined) entries.push(entry);
  }
  return entries;
}

/**
 * Lists the plugin directory, an unreadable one being a broken image.
 *
 * @param host The machine, or the part of it that looks at files.
 * @returns What {@linkcode discoverPlugins} gives, or why it cannot.
 *
 * @example Usage
 * ```ts
 * import { listPlugins } from "./plugins.ts";
 * import { HostError } from "../host/host.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const unreachable = (path: string) => {
 *   throw new HostError("EACCES", path);
 * };
 * const result = listPlugins({
 *   readDirectory: unreachable,
 *   lstat: unreachable,
 *   mayAccess: () => false,
 * });
 * assertEquals(result, {
 *   ok: false,
 *   problems: ["/usr/local/lib/runner.d: permission denied"],
 * });
 * ```
 */
export function listPlugins(
  host: PluginHost & Pick<Host, "readDirectory">,
): ContractFileResult<PluginEntry[]> {
  try {
    return { ok: true, value: discoverPlugins(host) };
  } catch (error) {
    if (!(error instanceof HostError)) throw error;
    return { ok: false, problems: [error.message] };
  }
}

function describe(host: PluginHost, name: string): PluginEntry | undefined {
  if (isCoreCommand(name)) {
    const reason = "has the name of a core command, which takes precedence";
    return { kind: "refused", name, reason };
  }
  const parsed = parsePluginName(name);
  if (!parsed.ok) return { kind: "refused", name, reason: parsed.reason };
  return findPlugin(host, parsed.name);
}
