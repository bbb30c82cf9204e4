/**
 * What `spec --help` tells besides the flags.
 *
 * @module
 */

import type { SpecCommandName } from "./flag_row.ts";
import {
  commandHelp,
  type CommandPage,
  type Operand,
  programHelp,
  type ProgramPage,
} from "./help.ts";
import { completionsPage } from "./completions_page.ts";
import { FMT_PAGE } from "./fmt_page.ts";
import { SCHEMA_PAGE } from "./schema_page.ts";
import { doctorPage } from "./doctor_page.ts";

const PATHS: readonly Operand[] = [{
  name: "PATH...",
  section: "Which cases",
  help:
    'files, FILE:LINE for the case at that line, and directories to look for files in; "-" reads them from standard input',
  names: "file",
}];

const NOTHING = [
  "2",
  "the command cannot be understood, or there is nothing to run",
] as const;
const STOPPED = [
  "128 plus the signal's number",
  "stopped by a signal; report files are left as they were",
] as const;

const PAGES: Readonly<Record<SpecCommandName, CommandPage>> = {
  run: {
    command: "spec run",
    title: "Run cases and report what became of them.",
    usage: [["spec run PATH... [flags]", "run the cases and report"]],
    operands: PATHS,
    exits: [
      ["0", "every case passed or was skipped, and at least one passed"],
      [
        "1",
        "a case failed, every case was skipped, or a report could not be written",
      ],
      NOTHING,
      STOPPED,
    ],
    notes: `NO_COLOR, or an output that is no terminal, turns colours off.
SPEC_RUNNER_ASSERT_HEALTH=warn looks for assertions that check nothing.`,
    examples: [
      "spec run specs/",
      'spec run specs/run.spec.md --filter "RUN-1*" --verbose',
      "spec run specs/run.spec.md:42",
      "spec run specs/ --tag fast --bail",
      "spec run specs/ --changed=origin/main --allow-empty",
      "spec run specs/ --shard 2/4 --report ndjson=2.ndjson",
      "spec run specs/ --jobs 1 --timeout 10",
      "spec run specs/ --report terminal=- --report json=report.json",
      "spec run specs/ --report json=-",
    ],
  },
  watch: {
    command: "spec watch",
    title: "Run cases again whenever something they come from changes.",
    about:
      `Watched are the documents, the files and libraries their cases use, and all
that the modules of their functions and hooks import. Each run is a process of
its own. On a terminal there are keys: a for all, f for what failed, / for a
filter, q to quit.`,
    usage: [["spec watch PATH... [flags]", "run cases when they change"]],
    operands: PATHS,
    exits: [["0", "the watch was ended"], NOTHING, STOPPED],
    examples: [
      "spec watch specs/",
      'spec watch specs/ --recursive --filter "RUN-1*"',
    ],
  },
  list: {
    command: "spec list",
    title: "List cases without running them.",
    about:
      `Each line holds id, type and FILE:LINE, separated by tabs. What cannot be read
is told on standard error, and the exit code is then 1.`,
    usage: [[
      "spec list PATH... [flags]",
      "list the cases without running them",
    ]],
    operands: PATHS,
    exits: [
      ["0", "every case could be read"],
      ["1", "something could not be read"],
      ["2", "the command cannot be understood, or there is nothing to list"],
    ],
    examples: [
      "spec list specs/",
      'spec list specs/ --recursive --filter "*timeout*"',
      "spec list specs/ | cut -f 1",
    ],
  },
  lint: {
    command: "spec lint",
    title: "Check cases without running them.",
    about:
      `Everything that can be known of a case before it runs is checked: its keys, its
assertions, expressions and patterns, what it requires. No process is started
and no module imported. Assertions that check nothing are warnings on standard
error; SPEC_RUNNER_ASSERT_HEALTH=error makes them failures.`,
    usage: [[
      "spec lint PATH... [flags]",
      "check the cases without running them",
    ]],
    operands: PATHS,
    exits: [
      ["0", "no case is wrong, and at least one was checked"],
      [
        "1",
        "a case is wrong, every case was skipped, or a report could not be written",
      ],
      ["2", "the command cannot be understood, or there is nothing to check"],
    ],
    examples: [
      "spec lint specs/",
      "spec lint specs/ --recursive --verbose",
      "spec lint specs/ --report terminal=- --report json=lint.json",
    ],
  },
  conformance: {
    command: "spec conformance",
    title: "Run cases and compare what became of them with what they expect.",
    about:
      `Every case needs "expect". Its status, its category and the words of its message
have to be those expected; a case that fails as expected is as expected. Cases
name their own entrypoint: SPEC_RUNNER_ENTRYPOINT does not count.`,
    usage: [[
      "spec conformance PATH... [flags]",
      "run the cases and compare what became of them with what they expect",
    ]],
    operands: PATHS,
    exits: [
      ["0", "every case ended as expected"],
      ["1", "a case did not, or a report could not be written"],
      NOTHING,
      STOPPED,
    ],
    examples: [
      "spec conformance fixtures/",
      "spec conformance fixtures/ --implementation deno --report json=-",
    ],
  },
  merge: {
    command: "spec merge",
    title: "Join the reports of shards to that of the whole.",
    about:
      `Each FILE is the ndjson report of one shard, as "spec run --shard 1/4 --report
ndjson=FILE" writes it. They are joined only if every shard is there once, with
all of its cases, and all are of one suite.`,
    usage: [["spec merge FILE... [flags]", "join the reports of shards"]],
    operands: [{
      name: "FILE...",
      section: "Reports",
      help: "the ndjson report of each shard",
      names: "file",
    }],
    exits: [
      ["0", "the shards are the whole; nothing failed, and a case passed"],
      [
        "1",
        "a case failed, or every case was skipped; the shards are not the whole, or a report could not be written",
      ],
      ["2", "the command cannot be understood"],
    ],
    examples: [
      "spec merge shard-*.ndjson",
      "spec merge shard-*.ndjson --report junit=junit.xml --report terminal=-",
    ],
  },
  capabilities: {
    command: "spec capabilities",
    title: "List what cases may require, one name per line, sorted.",
    about: 'A case names what it needs under "requires.capabilities".',
    usage: [["spec capabilities", "list what cases may require"]],
    exits: [["0", "listed"], ["2", "the command cannot be understood"]],
    examples: ["spec capabilities", "spec capabilities | grep assert"],
  },
  fmt: FMT_PAGE,
  schema: SCHEMA_PAGE,
  completions: completionsPage("spec"),
  doctor: doctorPage("spec"),
};

/**
 * All that `spec --help` tells of.
 *
 * @example Usage
 * ```ts
 * import { SPEC_PAGE } from "./spec_pages.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(SPEC_PAGE.commands[0]?.command, "spec run");
 * ```
 */
export const SPEC_PAGE: ProgramPage = {
  program: "spec",
  title: "Run executable specifications: YAML cases in Markdown documents.",
  commands: Object.values(PAGES),
  examples: [
    "spec run specs/",
    "spec run specs/ --report terminal=- --report json=report.json",
    'spec list specs/ --filter "RUN-*"',
    "spec lint specs/ --recursive",
  ],
};

/**
 * What `spec --help` and `spec COMMAND --help` print.
 *
 * @param topic The command, or `spec` for all of them.
 * @returns The text.
 *
 * @example Usage
 * ```ts
 * import { specHelp } from "./spec_pages.ts";
 * import { assertStringIncludes } from "@std/assert";
 *
 * assertStringIncludes(specHelp("run"), "--jobs N");
 * ```
 */
export function specHelp(topic: "spec" | SpecCommandName): string {
  return topic === "spec" ? programHelp(SPEC_PAGE) : commandHelp(PAGES[topic]);
}
