/**
 * What `--help` prints.
 *
 * @module
 */

const SPEC = `Run executable specifications: YAML cases in Markdown documents.

Usage:
  spec run PATH... [flags]     run the cases and report
  spec list PATH... [flags]    list the cases without running them
  spec --version               print the version

Examples:
  spec run specs/
  spec run specs/ --report terminal=- --report json=report.json
  spec list specs/ --filter "RUN-*"

"spec run --help" and "spec list --help" tell their flags.
`;

const SELECTION = `Which cases:
  PATH...                      files, and directories to look for files in
  --recursive                  look in directories below directories, too
  --case-file-pattern GLOB     which files of a directory (default *.spec.md)
  --case-formats LIST          of md, yaml and json, with commas (default md)
  --filter GLOB                only cases whose id matches`;

const RUN = `Run cases and report what became of them.

Usage:
  spec run PATH... [flags]

${SELECTION}

How they run:
  --jobs N                     cases side by side (default: one per processor)
  --timeout SECONDS            stop a case after this time (default 60)
  --contract-root DIR          the folder no document may reach out of
                               (default: the repository around a document)

Reports:
  --report FORMAT=FILE         write a report; may be given more than once.
                               FORMAT is terminal or json. FILE "-" is standard
                               output, for one report at most. A file is
                               written whole, at the end, or not at all.
                               (default terminal=-)
  --verbose                    show cases that pass at a terminal, too

Exit codes:
  0  every case passed or was skipped, and at least one passed
  1  a case failed, every case was skipped, or a report could not be written
  2  the command cannot be understood, or there is nothing to run
  128 plus the signal's number if stopped by a signal: report files are left
  as they were

NO_COLOR, or an output that is no terminal, turns colours off.

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
export const HELP: Readonly<Record<"spec" | "run" | "list", string>> = {
  spec: SPEC,
  run: RUN,
  list: LIST,
};
