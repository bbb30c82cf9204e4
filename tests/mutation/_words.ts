/**
 * What is made of the words: commands, near misses, arguments.
 *
 * @module
 */

import { type Mutant, mutantsOf } from "./_mutant.ts";

const FIRST_WORD = "const [command, ...rest] = words;";
const DECISION = "return isCoreCommand(command)";

/** Before the decision, something else is done. */
const decision = (instead: string) => `${instead}\n  ${DECISION}`;

const COMMANDS = mutantsOf("runner/dispatch.ts", "memory", [
  {
    rule: "no command at all means help",
    says: "there is none",
    from: 'if (command === undefined || command === "") {',
    to: 'if (command === undefined) return { kind: "help" };\n' +
      '  if (command === "") {',
    cases: ["platform.invocation.no-command"],
  },
  {
    rule: "an empty command means help",
    says: "it is empty",
    from: 'if (command === undefined || command === "") {',
    to: 'if (command === "") return { kind: "help" };\n' +
      "  if (command === undefined) {",
    cases: ["platform.invocation.empty-command"],
  },
  {
    rule: "an unknown command is executed",
    says: "Unknown command",
    from:
      "if (entry === undefined) return unknownCommand(word, plugins.names());",
    to: 'if (entry === undefined) return { kind: "exec" };',
    cases: [
      "platform.invocation.bare-command",
      "platform.invocation.bare-command-with-arguments",
    ],
  },
  {
    rule: "a path is executed",
    from: "if (!parsed.ok) return unknownCommand(word, []);",
    to: 'if (!parsed.ok) return { kind: "exec" };',
    cases: [
      "platform.invocation.absolute-path",
      "platform.plugin.path-out-of-the-directory",
    ],
  },
  {
    rule: "a near miss is taken for what was meant",
    from: DECISION,
    to: decision(
      'if (nearest(command, CORE_COMMANDS.keys()) === "help") ' +
        'return { kind: "help" };',
    ),
    cases: ["platform.invocation.near-miss"],
  },
  {
    rule: "letter case does not matter",
    from: FIRST_WORD,
    to: "const [first, ...rest] = words;\n" +
      "  const command = first?.toLowerCase();",
    cases: ["platform.invocation.case-matters"],
  },
  {
    rule: "white space does not matter",
    from: FIRST_WORD,
    to: "const [first, ...rest] = words;\n  const command = first?.trim();",
    cases: ["platform.invocation.white-space-matters"],
  },
  {
    rule: "--help is understood",
    from: DECISION,
    to: decision('if (command === "--help") return { kind: "help" };'),
    cases: ["platform.invocation.option-help"],
  },
  {
    rule: "--version is understood",
    from: DECISION,
    to: decision(
      'if (command === "--version") return { kind: "version", json: false };',
    ),
    cases: ["platform.invocation.option-version"],
  },
  {
    rule: "a plugin overrides a core command",
    from: DECISION,
    to: `${DECISION} && plugins.find(command) === undefined`,
    cases: [
      "platform.plugin.does-not-override-version",
      "platform.plugin.does-not-override-help",
      "platform.plugin.does-not-override-shell",
    ],
  },
  {
    rule: "a plugin that is refused is taken for an unknown command",
    says: "Cannot run plugin",
    from: 'if (entry.kind === "runnable") {',
    to: 'if (entry.kind !== "runnable") return unknownCommand(word, []);\n' +
      '  if (entry.kind === "runnable") {',
    cases: ["platform.plugin.symbolic-link", "platform.plugin.pipe"],
  },
]);

const json = (name: string) => `${name}: (rest) => takesJson("${name}", rest),`;
const lenient = (name: string) =>
  `${name}: (rest) => takesJson("${name}", rest.slice(0, +(rest[0] === "--json"))),`;

const ARGUMENTS = mutantsOf("runner/dispatch.ts", "memory", [
  {
    rule: "help takes arguments",
    says: "it takes no arguments",
    from: 'help: (rest) => takesNothing("help", rest) ?? { kind: "help" },',
    to: 'help: () => ({ kind: "help" }),',
    cases: ["platform.invocation.help-with-argument"],
  },
  {
    rule: "shell takes arguments",
    from: 'shell: (rest) => takesNothing("shell", rest) ?? { kind: "shell" },',
    to: 'shell: () => ({ kind: "shell" }),',
    cases: ["platform.shell.takes-nothing"],
  },
  ...["about", "info", "version"].map((name) => ({
    rule: `${name} takes any argument`,
    says: 'it takes "--json" at most',
    from: json(name),
    to: lenient(name),
    cases: [`platform.invocation.${name}-with-argument`],
  })),
  {
    rule: "what comes after --json is passed over",
    says: 'it takes "--json" at most',
    from: "const stray = json ? extra : option;",
    to: "void extra;\n  const stray = json ? undefined : option;",
    cases: ["platform.invocation.json-and-more"],
  },
  {
    rule: "a misused command is an unknown one",
    says: "Cannot run ${quoted(name)}",
    from: "    `Cannot run ${quoted(name)}: ${reason}`,",
    to: "    `Unknown command ${quoted(name)}`,",
    cases: [
      "platform.invocation.exec-without-command",
      "platform.invocation.about-with-argument",
    ],
  },
  {
    rule: "exec without a command is tried",
    says: "it needs the command to become",
    from: "rest.length > 0\n",
    to: "rest.length >= 0\n",
    cases: ["platform.invocation.exec-without-command"],
  },
]);

/** What is made of the words. */
export const WORDS: readonly Mutant[] = [...COMMANDS, ...ARGUMENTS];
