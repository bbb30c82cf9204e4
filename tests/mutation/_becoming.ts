/**
 * Becoming the tool, and printing: what only a process can show.
 *
 * @module
 */

import { type Mutant, mutantsOf } from "./_mutant.ts";

const DESCRIPTORS = "const descriptors = [0, 1, 2] as const;";
const DEFAULT_SHELL = 'return "/bin/sh";';

const PRINT = mutantsOf("runner/print.ts", "sandbox", [
  {
    rule: "output that is lost is no failure",
    says: "Cannot write to standard output",
    from: "if (!(error instanceof HostError)) throw error;\n    return refuse(",
    to: 'if (error instanceof HostError) return { kind: "done" };\n' +
      "    return refuse(",
    cases: ["platform.invocation.output-cannot-be-written"],
  },
]);

const BECOME = mutantsOf("runner/become.ts", "sandbox", [
  {
    rule: "a shell starts without a terminal",
    says: "Cannot start a shell: descriptor",
    from: DESCRIPTORS,
    to: "const descriptors = [] as const;",
    cases: [
      "platform.shell.needs-a-terminal",
      "platform.plugin.does-not-override-shell",
    ],
  },
  {
    rule: "a shell needs no terminal for input",
    from: DESCRIPTORS,
    to: "const descriptors = [1, 2] as const;",
    cases: ["platform.shell.needs-a-terminal"],
  },
  {
    rule: "a shell needs no terminal for output",
    from: DESCRIPTORS,
    to: "const descriptors = [0, 2] as const;",
    cases: ["platform.shell.output-is-no-terminal"],
  },
  {
    rule: "a shell needs no terminal for errors",
    from: DESCRIPTORS,
    to: "const descriptors = [0, 1] as const;",
    cases: ["platform.shell.errors-are-no-terminal"],
  },
  {
    rule: "there is a default shell",
    says: "RUNTIME_SHELL is missing",
    from: "if (entry === undefined) {",
    to:
      `if (entry === undefined) ${DEFAULT_SHELL}\n  if (entry === undefined) {`,
    cases: ["platform.shell.undeclared"],
  },
  {
    rule: "there is a default shell for an image without a runtime file",
    from: "if (!file.ok) return refuseContractFile(file.problems);",
    to: `if (!file.ok) ${DEFAULT_SHELL}`,
    cases: ["platform.shell.no-runtime-file"],
  },
  {
    rule: "a shell is looked for by its name",
    says: "RUNTIME_SHELL must be an absolute path",
    from: 'if (!entry.value.startsWith("/")) {',
    to: 'if (!entry.value.startsWith("/")) return `/bin/${entry.value}`;\n' +
      "  if (entry === null) {",
    cases: ["platform.shell.relative-path"],
  },
  {
    rule: "what cannot be executed does not exist",
    says: "${printable(path)}: ${reason}",
    from: 'if (failure.code !== "ENOENT") {',
    to: 'if (failure.code === "") {',
    cases: [
      "platform.exec.not-executable",
      "platform.exec.no-interpreter",
      "platform.exec.found-without-permission",
    ],
  },
  {
    rule: "a missing interpreter is a missing command",
    says: "the interpreter of",
    from: "if (present !== undefined) {",
    to: "if (present === null) {",
    cases: ["platform.exec.missing-interpreter"],
  },
  {
    rule: "a missing command is no failure",
    says: "no such command",
    from: "return refuse(\n    EXIT_CODE.notFound,\n    `Cannot execute " +
      "${quoted(command)}: no such command`,",
    to: "return refuse(\n    EXIT_CODE.ok,\n    `Cannot execute " +
      "${quoted(command)}: no such command`,",
    cases: ["platform.exec.missing", "platform.exec.empty-word"],
  },
  {
    rule: "options before the command are passed over",
    file: "runner/command_image.ts",
    from: "const argv = words.slice(1);",
    to: "const argv = words.slice(1);\n" +
      "  while (argv[0]?.[0] === 45) argv.shift();",
    cases: ["platform.exec.option-is-the-command"],
  },
  {
    rule: "a plugin gets its own name as its first argument",
    from: "return replaceBy(stage, action.path, stage.start.words.slice(1));",
    to: "return replaceBy(stage, action.path, stage.start.words);",
    cases: ["platform.plugin.invoked-by-name"],
  },
]);

const SEARCH = mutantsOf("runner/search_path.ts", "sandbox", [
  {
    rule: "the working directory is searched",
    from: ".filter((directory) => directory[0] === SLASH)",
    to: "",
    cases: ["platform.exec.working-directory-is-not-searched"],
  },
  {
    rule: "an empty word is looked for",
    from: "if (word.length === 0) return [];",
    to: "",
    cases: ["platform.exec.empty-word"],
  },
  {
    rule: "a path is looked for below the search path",
    from: "if (word.includes(SLASH)) return [word];",
    to: "",
    cases: ["platform.exec.not-executable"],
  },
]);

const PROCESS = mutantsOf("runner/process.ts", "sandbox", [
  {
    rule: "a file without #! is handed to a shell",
    from: "if (!image.searched || !NOT_HERE.has(code)) return { code, path };",
    to: 'if (code === "ENOEXEC") return replace({ ...image, searched: false, ' +
      'candidates: [new TextEncoder().encode("/bin/sh")], ' +
      'argv: [new TextEncoder().encode("sh"), path] });\n' +
      "    if (!image.searched || !NOT_HERE.has(code)) return { code, path };",
    cases: ["platform.exec.no-interpreter"],
  },
  {
    rule: "a broken match is passed over",
    from: '  "ENODEV",\n',
    to: '  "ENODEV",\n  "ENOEXEC",\n',
    cases: ["platform.exec.first-match-is-the-command"],
  },
  {
    rule: "what is found without permission does not exist",
    from: 'if (code === "EACCES") failure = { code, path };',
    to: 'if (code === "EACCES") failure = { ...failure };',
    cases: ["platform.exec.found-without-permission"],
  },
  {
    rule: "the tool inherits an ignored SIGPIPE",
    from: "image.restore.ignoreSigpipe ? SIG_IGN : SIG_DFL",
    to: "SIG_IGN",
    cases: ["platform.exec.broken-pipe"],
  },
]);

/** Becoming the tool, and printing. */
export const BECOMING: readonly Mutant[] = [
  ...PRINT,
  ...BECOME,
  ...SEARCH,
  ...PROCESS,
];
