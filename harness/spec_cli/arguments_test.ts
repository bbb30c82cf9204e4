import { assertEquals, assertThrows } from "@std/assert";
import { UsageError } from "../usage_error.ts";
import { parseSpecArguments, readSpecCommand } from "./arguments.ts";

function understand(words: readonly string[]): unknown {
  const request = parseSpecArguments(words);
  return request.kind === "command"
    ? readSpecCommand(request.name, request.flags)
    : request;
}

const TERMINAL = [{ format: "terminal", file: "-" }];

/** Words, and what they ask for. */
const UNDERSTOOD: readonly (readonly [readonly string[], unknown])[] = [
  [["--help"], { kind: "help", topic: "spec" }],
  [["-h"], { kind: "help", topic: "spec" }],
  [["run", "--help"], { kind: "help", topic: "run" }],
  [["list", "x", "-h"], { kind: "help", topic: "list" }],
  [["lint", "-h"], { kind: "help", topic: "lint" }],
  [["conformance", "--help", "x"], { kind: "help", topic: "conformance" }],
  [["capabilities", "--help"], { kind: "help", topic: "capabilities" }],
  [["--version"], { kind: "version" }],
  [["list", "x", "--version"], { kind: "version" }],
  [["capabilities"], { kind: "capabilities" }],
  [["doctor", "--json"], { kind: "doctor", json: true, paths: [] }],
  [["completions", "zsh"], { kind: "completions", shell: "zsh" }],
  [["lint", "x", "--contract-root=y", "--report=json=-", "--verbose"], {
    kind: "lint",
    options: {
      paths: ["x"],
      contractRoot: "y",
      reports: [{ format: "json", file: "-" }],
      verbose: true,
      quiet: false,
    },
  }],
  [["conformance", "x", "--implementation", "deno", "--jobs=1"], {
    kind: "conformance",
    options: {
      paths: ["x"],
      implementation: "deno",
      jobs: 1,
      reports: TERMINAL,
      verbose: false,
      quiet: false,
    },
  }],
  [["run"], {
    kind: "run",
    options: { paths: [], reports: TERMINAL, verbose: false, quiet: false },
  }],
  [["run", "1", "0x10", "--", "-x", "--help"], {
    kind: "run",
    options: {
      paths: ["1", "0x10", "-x", "--help"],
      reports: TERMINAL,
      verbose: false,
      quiet: false,
    },
  }],
  [
    [
      "run",
      "--jobs=3",
      "specs",
      "--timeout",
      "0.5",
      "--isolate=process",
      "--filter=-x*",
      "--recursive",
      "--verbose",
      "--contract-root",
      "a=b",
      "--case-formats",
      "md,json",
      "--case-file-pattern",
      "*.md",
      "--report",
      "json=a=b.json",
      "--report=terminal=-",
    ],
    {
      kind: "run",
      options: {
        paths: ["specs"],
        filter: ["-x*"],
        pattern: "*.md",
        formats: ["md", "json"],
        recursive: true,
        jobs: 3,
        timeoutMs: 500,
        isolate: "process",
        contractRoot: "a=b",
        reports: [
          { format: "json", file: "a=b.json" },
          { format: "terminal", file: "-" },
        ],
        verbose: true,
        quiet: false,
      },
    },
  ],
];

Deno.test("parseSpecArguments() understands every flag, in any order", () => {
  for (const [words, command] of UNDERSTOOD) {
    assertEquals(understand(words), command, words.join(" "));
  }
});

/** Words that cannot be understood, the message, and the remedy. */
const REFUSED: readonly (readonly [readonly string[], string, string])[] = [
  [[], "no command was given", "spec --help"],
  [["version"], 'Cannot run "version"', 'Did you mean "spec --version"?'],
  [["rnu"], 'Cannot run "rnu": unknown command', 'Did you mean "run"?'],
  [["a.spec.md"], "not a path", 'Did you mean "spec run a.spec.md"?'],
  [["specs/"], "the first word is a command", '"spec run specs/"?'],
  [
    ["constructor"],
    "unknown command",
    "Commands are run, watch, list, lint, conformance, merge, capabilities, fmt, schema, completions and doctor",
  ],
  [["test", "specs"], 'Cannot run "test"', 'Did you mean "run"?'],
  [["validate"], "unknown command", 'Did you mean "lint"?'],
  [["lnit"], 'Cannot run "lnit": unknown command', 'Did you mean "lint"?'],
  [["conformence"], "unknown command", 'Did you mean "conformance"?'],
  [["capability"], "unknown command", "Commands are run, watch, list"],
  [["capabilites"], "unknown command", 'Did you mean "capabilities"?'],
  [["capabilities", "x"], 'capabilities of "x": the command takes no path', ""],
  [["capabilities", "--report=json=-"], 'unknown flag "--report"', "--help"],
  [["lint", "--jobs=1"], 'unknown flag "--jobs"', "--help"],
  [["lint", "--implementation=deno"], 'flag "--implementation"', "--help"],
  [["run", "--implementation=deno"], 'flag "--implementation"', "--help"],
  [["conformance", "--implementation="], "its value is empty", "VALUE"],
  [["--filter", "run"], 'unknown flag "--filter" before', "behind a command"],
  [["run", "--flter=x"], 'unknown flag "--flter"', '"--filter"?'],
  [["run", "-x"], 'unknown flag "-x"', 'behind "--"'],
  [
    ["run", "-r"],
    'unknown flag "-r"',
    'Did you mean "--recursive", "--repeat" or',
  ],
  [["run", "--grep=x"], 'unknown flag "--grep"', 'mean "--filter"?'],
  [["run", "--json"], 'unknown flag "--json"', 'mean "--report"?'],
  [["run", "--h"], 'unknown flag "--h"', "--help"],
  [["run", "-h5"], 'unknown flag "-h5"', "--help"],
  [["run", "--__proto__=1"], 'unknown flag "--__proto__"', "--help"],
  [["run", "--no-jobs"], 'unknown flag "--no-jobs"', "--help"],
  [
    ["list", "--jobs", "3"],
    'unknown flag "--jobs"',
    "It is a flag of spec run, spec watch and spec conformance; see spec list --help",
  ],
  [["run", "--recursive=no"], "--recursive takes no value", "leave it out"],
  [["run", "--filter"], "--filter: its value is empty", "--filter=VALUE"],
  [["run", "--filter", ""], "--filter: its value is empty", "--filter=VALUE"],
  [["run", "--filter", "--help"], "--filter: its value is empty", "="],
  [["run", "--isolate=a", "--isolate=b"], 'times: "a" and "b"', "Give it once"],
  [["run", "--case-file-pattern="], "its value is empty", "VALUE"],
  [["run", "--case-formats="], "its value is empty", "VALUE"],
  [["run", "--case-formats=md,"], "a format is empty", "md,yaml,json"],
  [["run", "--case-formats=yml"], 'Cannot use "yml"', 'Did you mean "yaml"?'],
  [["run", "--case-formats=toString"], "unknown format", "md,yaml,json"],
  [["run", "--report=pdf=-"], 'unknown format "pdf"', "terminal, json, junit"],
  [["run", "--report=JSON=-"], 'unknown format "JSON"', 'Did you mean "json"?'],
  [["run", "--report=json"], "no file is named", "json=-"],
  [["run", "--report=json="], "no file is named", "json=FILE"],
  [
    ["run", "--report=json=/dev/stdout", "--report=tap=/proc/self/fd/1"],
    "two reports to standard output",
    "--report json=report.json",
  ],
  [
    ["run", "--report=json=-", "--report=terminal=-"],
    "two reports to standard output",
    "file of its own",
  ],
  [
    ["run", "--report=json=a", "--report=json=a"],
    'two reports to "a"',
    "file of its own",
  ],
  ...["0", "-1", "1.5", "x", "1e3", "0x10", "1025", " 1", "٣"].map((value) =>
    [["run", `--jobs=${value}`], "as --jobs: wanted", "processor"] as const
  ),
  [
    ["run", "--isolate=proces"],
    'Cannot use "proces" as --isolate: wanted none or process',
    'Did you mean "process"?',
  ],
  [["run", "--isolate=Process"], '"Process" as --isolate', '"process"?'],
  [["run", "--isolate=worker"], '"worker" as --isolate', "Write process to"],
  [["run", "--isolate"], "--isolate", "--isolate=VALUE"],
  [["list", "--isolate=none"], 'unknown flag "--isolate"', "--help"],
  ...["0", "-1", "0.0", "x", "1e3", ".5", "5.", "86401", "Infinity", "5s"]
    .map((value) =>
      [
        ["run", `--timeout=${value}`],
        "as --timeout: wanted",
        "Write seconds",
      ] as const
    ),
];

Deno.test("parseSpecArguments() refuses the rest and says what to do", () => {
  for (const [words, message, remedy] of REFUSED) {
    const label = words.join(" ");
    const error = assertThrows(
      () => understand(words),
      UsageError,
      message,
      label,
    );
    assertEquals(error.remedy?.includes(remedy), true, label);
  }
});
