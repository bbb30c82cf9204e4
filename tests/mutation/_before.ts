/**
 * Before any word is read: user, identity, plugin directory, start.
 *
 * @module
 */

import { type Mutant, mutantsOf } from "./_mutant.ts";

const ROOT_LINE = "if (uid === 0 || euid === 0) return refuseRoot(uid, euid);";

const PRECONDITIONS = mutantsOf("runner/preconditions.ts", "memory", [
  {
    rule: "root may run commands",
    says: "Cannot run as root",
    from: ROOT_LINE,
    to: "void refuseRoot;",
    cases: ["platform.user.root-exec", "platform.user.root-help"],
  },
  {
    rule: "root is known by the effective user alone",
    says: "the user id is 0",
    from: ROOT_LINE,
    to: "if (euid === 0) return refuseRoot(1, euid);",
    cases: ["platform.user.root-none"],
  },
  {
    rule: "the identity is read before the user is known",
    from: `${ROOT_LINE}\n  const identity = facts.identity();`,
    to: `const identity = facts.identity();\nif (identity.ok) { ${ROOT_LINE} }`,
    cases: ["platform.user.root-before-identity"],
  },
  {
    rule: "commands run without an identity",
    says: "Cannot read image identity",
    from: "if (!identity.ok) {",
    to: 'if (!identity.ok) return { kind: "ready", identity: { image: "", ' +
      'domain: "", role: "", entries: [] } };\n  if (!identity.ok) {',
    cases: [
      "platform.identity.missing",
      "platform.identity.missing-for-help",
      "platform.identity.missing-for-unknown",
    ],
  },
  {
    rule: "the plugin directory may be missing",
    says: "Cannot find the plugin directory",
    from: "if (!facts.hasPluginDirectory()) {",
    to: "if (facts === undefined) {",
    cases: ["platform.plugin.directory-missing"],
  },
]);

const USERS = mutantsOf("runner/preconditions.ts", "sandbox", [{
  rule: "root is known by the real user alone",
  says: "the effective user id is",
  from: ROOT_LINE,
  to: "if (uid === 0) return refuseRoot(uid, euid);",
  cases: ["platform.user.effective-root"],
}]);

const START = mutantsOf("runner/main.ts", "sandbox", [{
  rule: "without /proc nothing is done, and that is fine",
  says: "Cannot read how this process was started",
  from: 'if (started.kind === "refuse") return started;',
  to:
    'if (started.kind === "refuse") return { ...started, code: EXIT_CODE.ok };',
  cases: ["platform.invocation.without-proc"],
}]);

const REPORT = mutantsOf("runner/main.ts", "memory", [
  {
    rule: "a refusal exits with 0",
    from: "return refusal.code;",
    to: "return EXIT_CODE.ok;",
    cases: ["platform.invocation.no-command", "platform.identity.empty"],
  },
  {
    rule: "a refusal goes to standard output",
    from: "host.write(2, bytes);",
    to: "host.write(1, bytes);",
    cases: ["platform.invocation.empty-command"],
  },
]);

const ESCAPES = mutantsOf("text/printable.ts", "memory", [{
  rule: "a refusal shows what was typed as it is",
  from: "return text.replace(UNPRINTABLE, escapeCharacter);",
  to: "void escapeCharacter;\n  return text;",
  cases: ["platform.invocation.terminal-sequence"],
}]);

const exitCode = (
  name: string,
  code: number,
  stage: Mutant["stage"],
  ...cases: readonly string[]
): Mutant => ({
  rule: `exit code ${code} is another`,
  file: "runner/exit_code.ts",
  from: `  ${name}: ${code},`,
  to: `  ${name}: ${code + 1},`,
  cases,
  stage,
});

const EXIT_CODES: readonly Mutant[] = [
  exitCode("ok", 0, "memory", "platform.invocation.help"),
  exitCode("usage", 64, "memory", "platform.invocation.no-command"),
  exitCode("internal", 70, "sandbox", "platform.invocation.without-proc"),
  exitCode(
    "output",
    74,
    "sandbox",
    "platform.invocation.output-cannot-be-written",
  ),
  exitCode("root", 77, "memory", "platform.user.root-help"),
  exitCode("contract", 78, "memory", "platform.identity.missing"),
  exitCode("notExecutable", 126, "memory", "platform.plugin.symbolic-link"),
  exitCode("notFound", 127, "sandbox", "platform.exec.missing"),
];

/** What must hold before any command, and how a refusal is told. */
export const BEFORE: readonly Mutant[] = [
  ...PRECONDITIONS,
  ...USERS,
  ...START,
  ...REPORT,
  ...ESCAPES,
  ...EXIT_CODES,
];
