/**
 * What `--help` prints.
 *
 * @module
 */

import type { CommandName } from "./arguments.ts";

const SPEC = `Run executable specifications: YAML cases in Markdown documents.

Usage:
  spec run PATH... [flags]           run the cases and report
  spec list PATH... [flags]          list the cases without running them
  spec lint PATH... [flags]          check the cases without running them
  spec conformance PATH... [flags]   run the cases and compare what became of
                                     them with what they expect
  spec capabilities                  list what cases may require
  spec --version                     print the version

Examples:
  spec run specs/
  spec run specs/ --report terminal=- --report json=report.json
  spec list specs/ --filter "RUN-*"
  spec lint specs/ --recursive

"spec run --help" tells the flags of run, and so on.
`;

const SELECTION = `Which cases:
  PATH...                      files, and directories to look for files in
  --recursive                  look in directories below directories, too
  --case-file-pattern GLOB     which files of a directory (default *.spec.md)
  --case-formats LIST          of md, yaml and json, with commas (default md)
  --filter GLOB                only cases whose id matches`;

const CONTRACT_ROOT =
  `  --contract-root DIR          the folder no document may reach out of
                               (default: the repository around a document)`;

const RUNNING = `How they run:
  --jobs N                     cases side by side (default: one per processor)
  --timeout SECONDS            stop a case after this time (default 60)
  --isolate none|process       call functions in this process, or each in one
                               of its own (default none)
${CONTRACT_ROOT}`;

const REPORTS = `Reports:
  --report FORMAT=FILE         write a report; may be given more than once.
                               FORMAT is terminal, json or junit. FILE "-" is
                               standard output, for one report at most. A file
                               is written whole, at the end, or not at all.
                               (default terminal=-)`;

const STOPPED =
  `  2  the command cannot be understood, or there is nothing to run
  128 plus the signal's number if stopped by a signal: report files are left
  as they were`;

const RUN = `Run cases and report what became of them.

Usage:
  spec run PATH... [flags]

${SELECTION}

${RUNNING}

${REPORTS}
  --verbose                    show cases that pass at a terminal, too

Exit codes:
  0  every case passed or was skipped, and at least one passed
  1  a case failed, every case was skipped, or a report could not be written
${STOPPED}

NO_COLOR, or an output that is no terminal, turns colours off.
SPEC_RUNNER_ASSERT_HEALTH=warn looks for assertions that check nothing.

Examples:
  spec run specs/
  spec run specs/run.spec.md --filter "RUN-1*" --verbose
  spec run specs/ --jobs 1 --timeout 10
  spec run specs/ --report terminal=- --report json=report.json
  spec run specs/ --report json=-
`;

const LIST = `List cases without running them.

Each line holds id, type and FILE:LINE, separated by tabs. What cannot be read
is told on standard error, and the exit code is then 1.

Usage:
  spec list PATH... [flags]

${SELECTION}

Examples:
  spec list specs/
  spec list specs/ --recursive --filter "*timeout*"
  spec list specs/ | cut -f 1
`;

const LINT = `Check cases without running them.

Everything that can be known of a case before it runs is checked: its keys, its
assertions, expressions and patterns, what it requires. No process is started
and no module imported. Assertions that check nothing are warnings on standard
error; SPEC_RUNNER_ASSERT_HEALTH=error makes them failures.

Usage:
  spec lint PATH... [flags]

${SELECTION}
${CONTRACT_ROOT}

${REPORTS}
  --verbose                    show cases that are right, too

Exit codes:
  0  no case is wrong, and at least one was checked
  1  a case is wrong, every case was skipped, or a report could not be written
  2  the command cannot be understood, or there is nothing to check

Examples:
  spec lint specs/
  spec lint specs/ --recursive --verbose
  spec lint specs/ --report terminal=- --report json=lint.json
`;

const CONFORMANCE =
  `Run cases and compare what became of them with what they expect.

Every case needs "expect". Its status, its category and the words of its message
have to be those expected; a case that fails as expected is as expected. Cases
name their own entrypoint: SPEC_RUNNER_ENTRYPOINT does not count.

Usage:
  spec conformance PATH... [flags]

${SELECTION}

What is expected:
  --implementation NAME        lay expect.impl.NAME over expect.portable
                               (default deno)

${RUNNING}

${REPORTS}
  --verbose                    show cases that are as expected at a terminal,
                               too

Exit codes:
  0  every case ended as expected
  1  a case did not, or a report could not be written
${STOPPED}

Examples:
  spec conformance fixtures/
  spec conformance fixtures/ --implementation deno --report json=-
`;

const CAPABILITIES = `List what cases may require, one name per line, sorted.

A case names what it needs under "requires.capabilities".

Usage:
  spec capabilities

Examples:
  spec capabilities
  spec capabilities | grep assert
`;

/**
 * The help texts by topic.
 *
 * @example Usage
 * ```ts
 * import { HELP } from "./help.ts";
 * import { assertStringIncludes } from "@std/assert";
 *
 * assertStringIncludes(HELP.run, "--jobs N");
 * ```
 */
export const HELP: Readonly<Record<"spec" | CommandName, string>> = {
  spec: SPEC,
  run: RUN,
  list: LIST,
  lint: LINT,
  conformance: CONFORMANCE,
  capabilities: CAPABILITIES,
};
