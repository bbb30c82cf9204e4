/**
 * Which names and which files are plugins.
 *
 * @module
 */

import { type Mutant, mutantsOf } from "./_mutant.ts";

const NAME_REGEXP = "/^[a-z0-9][a-z0-9._-]*$/";

const NAMES = mutantsOf("runner/plugin_name.ts", "memory", [
  {
    rule: "a path is a name",
    says: 'contains "/"',
    from: 'if (word.includes("/")) return \'contains "/"\';',
    to: 'if (word.includes("/")) return undefined;',
    stage: "sandbox",
    cases: [
      "platform.plugin.path-out-of-the-directory",
      "platform.plugin.path-below-the-directory",
    ],
  },
  {
    rule: "a name may be of any length",
    says: "characters, at most ${MAX_LENGTH} are allowed",
    from: "const MAX_LENGTH = 64;",
    to: "const MAX_LENGTH = 65;",
    cases: ["platform.plugin.name-too-long"],
  },
  {
    rule: "upper case is allowed in a name",
    says: "must begin with a letter or digit and hold only",
    from: NAME_REGEXP,
    to: "/^[a-z0-9][a-z0-9._-]*$/i",
    cases: [
      "platform.plugin.upper-case",
      "platform.plugin.impossible-names-are-shown",
    ],
  },
  {
    rule: "a name may begin with any of its characters",
    from: NAME_REGEXP,
    to: "/^[a-z0-9._-]+$/",
    cases: [
      "platform.plugin.hidden",
      "platform.plugin.option",
      "platform.plugin.underscore",
    ],
  },
  {
    rule: "other characters are allowed in a name",
    from: NAME_REGEXP,
    to: "/^[a-z0-9][a-z0-9._% -]*$/",
    cases: [
      "platform.plugin.blank-inside",
      "platform.plugin.percent-sign",
    ],
  },
  {
    rule: "only the beginning of a name is looked at",
    from: NAME_REGEXP,
    to: "/^[a-z0-9][a-z0-9._-]*/",
    cases: ["platform.plugin.blank-inside"],
  },
]);

const KIND_LINE = 'if (info.kind !== "file") return KIND_REASONS[info.kind];';
const kind = (name: string) =>
  `if (info.kind !== "file" && info.kind !== "${name}") ` +
  "return KIND_REASONS[info.kind];";

const FILES = mutantsOf("runner/plugins.ts", "memory", [
  {
    rule: "a symbolic link is a plugin",
    says: "is a symbolic link",
    from: KIND_LINE,
    to: kind("symlink"),
    cases: ["platform.plugin.symbolic-link"],
  },
  {
    rule: "a directory is a plugin",
    says: "is a directory",
    from: KIND_LINE,
    to: kind("directory"),
    cases: ["platform.plugin.directory-in-place"],
  },
  {
    rule: "a pipe is a plugin",
    says: "is no regular file",
    from: KIND_LINE,
    to: kind("other"),
    cases: ["platform.plugin.pipe"],
  },
  {
    rule: "a set-uid file is a plugin",
    says: "is set-uid or set-gid",
    from: "const SET_ID_BITS = 0o6000;",
    to: "const SET_ID_BITS = 0o2000;",
    cases: ["platform.plugin.set-uid"],
  },
  {
    rule: "a set-gid file is a plugin",
    says: "is set-uid or set-gid",
    from: "const SET_ID_BITS = 0o6000;",
    to: "const SET_ID_BITS = 0o4000;",
    cases: ["platform.plugin.set-gid"],
  },
  {
    rule: "a file that is not executable is a plugin",
    says: "is not executable",
    from: 'if (!host.mayAccess(path, "execute"))',
    to: 'if (!host.mayAccess(path, "read"))',
    cases: ["platform.plugin.not-executable"],
  },
  {
    rule: "a plugin may be writable",
    says: "is writable for the current user",
    from: 'if (host.mayAccess(path, "write"))',
    to: 'if (host.mayAccess("/nowhere", "write"))',
    cases: ["platform.plugin.writable"],
  },
  {
    rule: "the plugin directory may be writable",
    says: "stands in a directory that is writable",
    from: 'if (host.mayAccess(PLUGIN_DIRECTORY, "write"))',
    to: 'if (host.mayAccess("/nowhere", "write"))',
    cases: ["platform.plugin.in-writable-directory"],
  },
  {
    rule: "a file that may not be looked at is missing",
    says: "cannot be read: ${error.reason}",
    from: 'if (error.code === "ENOENT") return undefined;',
    to: "if (error.code !== undefined) return undefined;",
    cases: ["platform.plugin.cannot-be-looked-at"],
  },
]);

const LISTING = mutantsOf("runner/plugins.ts", "memory", [
  {
    rule: "a file named like a core command is listed as a plugin",
    says: "has the name of a core command",
    from: "  if (isCoreCommand(name)) {\n",
    to: '  if (isCoreCommand(name) && name === "") {\n',
    cases: [
      "platform.plugin.does-not-override-help",
      "platform.plugin.does-not-override-info",
    ],
  },
  {
    rule: "a file with an impossible name is passed over in silence",
    from:
      'if (!parsed.ok) return { kind: "refused", name, reason: parsed.reason };',
    to: "if (!parsed.ok) return undefined;",
    cases: ["platform.plugin.impossible-names-are-shown"],
  },
  {
    rule: "a directory that cannot be listed is empty",
    from: "return { ok: false, problems: [error.message] };",
    to: "return { ok: true, value: [] };",
    cases: ["platform.plugin.directory-unreadable"],
  },
  {
    rule: "plugins stand elsewhere too",
    file: "runner/paths.ts",
    from: 'PLUGIN_DIRECTORY = "/usr/local/lib/runner.d"',
    to: 'PLUGIN_DIRECTORY = "/usr/local/bin"',
    cases: ["platform.plugin.not-found-elsewhere"],
  },
]);

/** Which names and which files are plugins. */
export const PLUGINS: readonly Mutant[] = [...NAMES, ...FILES, ...LISTING];
