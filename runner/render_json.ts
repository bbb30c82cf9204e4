/**
 * What `about`, `info` and `version` print for programs: JSON, each document
 * with the name and version of its shape.
 *
 * @module
 */

import type { EnvEntry } from "./env_file.ts";
import type { ImageIdentity } from "./identity.ts";
import type { PluginEntry } from "./plugins.ts";
import type { RuntimeInfo, ToolVersion, VersionInfo } from "./runtime_info.ts";

/**
 * The shapes, each with its version: the value of `schema`, the first key of a
 * document. `runner/schemas/` describes them.
 *
 * A shape may gain keys. Losing one, or giving one another type or meaning,
 * makes the next version of the shape, and a major version of the package.
 *
 * @example Usage
 * ```ts
 * import { JSON_SHAPES } from "./render_json.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(JSON_SHAPES.about, "runner.about/1");
 * ```
 */
export const JSON_SHAPES = {
  about: "runner.about/1",
  info: "runner.info/1",
  version: "runner.version/1",
} as const;

/**
 * Renders `about --json`.
 *
 * @param identity The image's identity.
 * @returns One JSON object on indented lines, keys always in the same order.
 *
 * @example Usage
 * ```ts
 * import { renderAboutJson } from "./render_json.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const json = renderAboutJson({
 *   image: "runner-jq",
 *   domain: "json",
 *   role: "query",
 *   entries: [{ key: "RUNNER_IMAGE", value: "runner-jq", line: 1 }],
 * });
 * assertEquals(JSON.parse(json).identity, {
 *   image: "runner-jq",
 *   domain: "json",
 *   role: "query",
 *   entries: { RUNNER_IMAGE: "runner-jq" },
 * });
 * ```
 */
export function renderAboutJson(identity: ImageIdentity): string {
  return document("about", { identity: identityJson(identity) });
}

/**
 * Renders `version --json`.
 *
 * @param info The versions.
 * @returns One JSON object on indented lines, keys always in the same order.
 *
 * @example Usage
 * ```ts
 * import { renderVersionJson } from "./render_json.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const json = renderVersionJson({
 *   runnerVersion: "0.2.0",
 *   contractVersion: "0.2.0",
 *   tools: [{ name: "jq", version: "1.6" }],
 * });
 * assertEquals(JSON.parse(json).tools, { jq: "1.6" });
 * ```
 */
export function renderVersionJson(info: VersionInfo): string {
  return document("version", {
    runner: info.runnerVersion,
    contract: info.contractVersion,
    tools: toolsJson(info.tools),
  });
}

/**
 * Renders `info --json`.
 *
 * @param info Everything there is to tell.
 * @returns One JSON object on indented lines, keys always in the same order.
 *
 * @example Usage
 * ```ts
 * import { renderInfoJson } from "./render_json.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const json = renderInfoJson({
 *   identity: { image: "base", domain: "base", role: "base", entries: [] },
 *   runnerVersion: "0.2.0",
 *   contractVersion: "0.2.0",
 *   declared: [],
 *   actual: { uid: 10001, gid: 10001, workDirectory: "/", home: undefined },
 *   plugins: [],
 *   tools: [],
 *   notes: [],
 * });
 * assertEquals(JSON.parse(json).actual.home, null);
 * ```
 */
export function renderInfoJson(info: RuntimeInfo): string {
  const { actual } = info;
  return document("info", {
    identity: identityJson(info.identity),
    runner: info.runnerVersion,
    contract: info.contractVersion,
    declared: entriesJson(info.declared),
    actual: {
      uid: actual.uid,
      gid: actual.gid,
      work_directory: actual.workDirectory ?? null,
      home: actual.home ?? null,
    },
    plugins: info.plugins.map(pluginJson),
    tools: toolsJson(info.tools),
    notes: info.notes.map(({ name, text }) => ({ name, text })),
  });
}

function pluginJson(entry: PluginEntry): Record<string, unknown> {
  const { name } = entry;
  return entry.kind === "runnable"
    ? { name, runnable: true, reason: null }
    : { name, runnable: false, reason: entry.reason };
}

function document(
  shape: keyof typeof JSON_SHAPES,
  content: Record<string, unknown>,
): string {
  const whole = { schema: JSON_SHAPES[shape], ...content };
  const text = JSON.stringify(whole, null, 2);
  return text.replace(UNSAFE_IN_JSON, escapeUnit) + "\n";
}

/**
 * What JSON lets stand in a string and a terminal obeys. Each is one UTF-16
 * code unit, so that its escape is JSON.
 */
const UNSAFE_IN_JSON =
  /[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

function escapeUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

function identityJson(identity: ImageIdentity): Record<string, unknown> {
  const { image, domain, role, entries } = identity;
  return { image, domain, role, entries: entriesJson(entries) };
}

function entriesJson(entries: readonly EnvEntry[]): Record<string, string> {
  return Object.fromEntries(entries.map(({ key, value }) => [key, value]));
}

function toolsJson(tools: readonly ToolVersion[]): Record<string, string> {
  return Object.fromEntries(tools.map(({ name, version }) => [name, version]));
}
