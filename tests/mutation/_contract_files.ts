/**
 * What the contract's files must be and say.
 *
 * @module
 */

import { type Mutant, mutantsOf } from "./_mutant.ts";

const identity = (...names: readonly string[]) =>
  names.map((name) => `platform.identity.${name}`);

const EMPTY_LINE = 'else if (entry.value.trim() === "") {';

const IDENTITY = mutantsOf("runner/identity.ts", "memory", [
  {
    rule: "an empty file is a file without keys",
    says: "${path} is empty",
    from: "if (bytes.value.length === 0) {",
    to: "if (bytes.value.length < 0) {",
    cases: identity("empty"),
  },
  ...["IMAGE", "DOMAIN", "ROLE"].map((key) => ({
    rule: `RUNNER_${key} may be missing`,
    says: "${key} is missing in ${path}",
    from: `required("RUNNER_${key}"),`,
    to: `values.get("RUNNER_${key}")?.value ?? "none",`,
    cases: identity(
      `without-${key.toLowerCase()}`,
      `empty-${key.toLowerCase()}`,
      "every-problem-at-once",
    ),
  })),
  {
    rule: "a required key may be empty",
    says: "${key} is empty",
    from: EMPTY_LINE,
    to: 'else if (entry.value === " ") {',
    cases: identity("empty-image", "empty-domain", "empty-role"),
  },
  {
    rule: "white space is something to say",
    from: EMPTY_LINE,
    to: 'else if (entry.value === "") {',
    cases: identity("blank-role"),
  },
  {
    rule: "one problem is enough",
    from: "if (problems.length > 0) return { ok: false, problems };",
    to: "if (problems.length > 0) " +
      "return { ok: false, problems: problems.slice(0, 1) };",
    cases: identity("every-problem-at-once"),
  },
  {
    rule: "what is a directory is tried",
    says: "a directory",
    from: 'if (kind !== "file") {',
    to: 'if (kind === "other") {',
    cases: identity("directory"),
  },
  {
    rule: "a device or pipe is read",
    says: "a device or pipe",
    from: 'if (kind !== "file") {',
    to: 'if (kind === "directory") {',
    cases: identity("pipe", "endless"),
  },
  {
    rule: "what is wanted is not told",
    says: "wanted a regular file",
    from: "`is ${what}, wanted a regular file`",
    to: "`is ${what}`",
    cases: identity("directory", "pipe"),
  },
  {
    rule: "the problem's file is not told",
    says: "${path} ${problem}",
    from: "problems: [`${path} ${problem}`]",
    to: "problems: [problem]",
    cases: identity("directory", "pipe", "too-large"),
  },
  {
    rule: "a file of any size is opened",
    says: "has ${size} bytes",
    from: "if (size > MAX_ENV_FILE_BYTES) {",
    to: "if (size < 0) {",
    cases: identity("too-large"),
  },
  {
    rule: "what cannot be read says what it pleases",
    from: "return { ok: false, problems: [`${path}: ${error.reason}`] };",
    to: "return { ok: true, value: new TextEncoder().encode(" +
      '"RUNNER_IMAGE=x\\nRUNNER_DOMAIN=x\\nRUNNER_ROLE=x\\n") };',
    cases: identity("missing", "unreadable", "dangling-link"),
  },
]);

const INFO = mutantsOf("runner/runtime_info.ts", "memory", [
  {
    rule: "a broken tools file is no tools",
    from: "if (!file.ok) return file;",
    to: "if (!file.ok) return { ok: true, value: { " +
      "runnerVersion: VERSION, contractVersion: CONTRACT_VERSION, tools: [] } };",
    cases: ["platform.version.broken-tools-file"],
  },
  {
    rule: "a broken runtime file is none",
    from: "const declared = loadOptional(host, RUNTIME_FILE);",
    to: "const loaded = loadOptional(host, RUNTIME_FILE);\n" +
      "  const declared = loaded.ok ? loaded : { ok: true, value: [] } as const;",
    cases: ["platform.info.broken-runtime-file"],
  },
  {
    rule: "a link to nowhere is no file",
    from: "    host.lstat(path);\n",
    to: "    host.stat(path);\n",
    cases: ["platform.version.dangling-tools-file"],
  },
  {
    rule: "texts that cannot be listed are none",
    from: "return { ok: false, problems: [error.message] };",
    to: "return { ok: true, value: [] };",
    cases: ["platform.info.notes-are-no-directory"],
  },
  {
    rule: "a text that is no file is read",
    says: "is not a regular file",
    from: 'if (kind !== "file") return',
    to: 'if (kind === "other") return',
    cases: ["platform.info.texts-that-are-none"],
  },
  {
    rule: "a text of any size is shown",
    says: "is too large",
    from: "if (size > MAX_ENV_FILE_BYTES) return",
    to: "if (size < 0) return",
    cases: ["platform.info.texts-that-are-none"],
  },
  {
    rule: "a text that cannot be read is left out",
    from: "if (error instanceof HostError) return `${path}: ${error.reason}`;",
    to: 'if (error instanceof HostError) return "";',
    cases: ["platform.info.texts-that-are-none"],
  },
]);

const REFUSAL = mutantsOf("runner/print.ts", "memory", [{
  rule: "a broken contract file prints nothing and is fine",
  says: "Cannot read contract file",
  from: "if (!text.ok) return refuseContractFile(text.problems);",
  to: 'if (!text.ok) return { kind: "done" };',
  cases: [
    "platform.version.broken-tools-file",
    "platform.plugin.directory-unreadable",
  ],
}]);

/** What the contract's files must be and say. */
export const CONTRACT_FILES: readonly Mutant[] = [
  ...IDENTITY,
  ...INFO,
  ...REFUSAL,
];
