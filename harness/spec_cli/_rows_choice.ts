/** Flags that choose among the cases that were found. */

import { COUNT, parseCount, parseShuffle, SEED } from "./_flag_values.ts";
import { FINDS, given, one, text, texts } from "./_row_values.ts";
import type { FlagRow } from "./flag_row.ts";

const CHOOSES = [...FINDS, "image verify"] as const;
// A watch goes on: what happened before, and how one run goes, is not its part.
const ONCE = ["spec run", "spec conformance"] as const;
const LOOKS_BACK = [...ONCE, "spec lint", "spec list"] as const;
const DIVIDES = [...ONCE, "spec list"] as const;

/** Flags that choose among the cases that were found. */
export const CHOICE_FLAGS: readonly FlagRow[] = [
  {
    name: "filter",
    also: ["grep", "match", "name", "only", "test-name-pattern"],
    section: "Which cases",
    help: "only cases whose whole id matches",
    commands: CHOOSES,
    kind: "value",
    metavar: "GLOB",
    repeatable: true,
    option: "filter",
    read: texts,
  },
  {
    name: "tag",
    also: ["tags", "label", "group"],
    section: "Which cases",
    help: "only cases with the tag",
    commands: CHOOSES,
    kind: "value",
    metavar: "NAME",
    repeatable: true,
    option: "tags",
    read: texts,
  },
  {
    name: "exclude-tag",
    also: ["skip-tag", "exclude"],
    section: "Which cases",
    help: "only cases without the tag",
    commands: CHOOSES,
    kind: "value",
    metavar: "NAME",
    repeatable: true,
    option: "excludeTags",
    read: texts,
  },
  {
    name: "type",
    also: ["kind"],
    section: "Which cases",
    help: "only cases of the type",
    commands: CHOOSES,
    kind: "value",
    metavar: "NAME",
    repeatable: true,
    option: "caseTypes",
    read: texts,
  },
  {
    name: "document",
    also: ["file", "spec"],
    section: "Which cases",
    help: "only cases in documents whose path, or its end, matches",
    commands: CHOOSES,
    kind: "value",
    metavar: "GLOB",
    repeatable: true,
    option: "documentNames",
    read: texts,
  },
  {
    name: "last-failed",
    also: ["failed", "only-failures", "rerun-failed", "lf"],
    section: "Which cases",
    help:
      "only cases that failed in the run of which FILE is a json or ndjson report",
    config: false,
    commands: [...LOOKS_BACK, "image verify"],
    kind: "value",
    metavar: "FILE",
    names: "file",
    option: "lastFailedFile",
    read: text,
  },
  {
    name: "changed",
    also: ["since", "changed-since", "only-changed"],
    section: "Which cases",
    help:
      "only cases in documents that changed since the git revision, or use a file that did",
    default: "HEAD, which is what is not committed",
    config: false,
    commands: LOOKS_BACK,
    kind: "optional",
    metavar: "REV",
    option: "changedSince",
    read: ([revision = "HEAD"]) => revision,
  },
  {
    name: "allow-empty",
    also: ["pass-with-no-tests", "pass-with-no-cases"],
    section: "Which cases",
    help:
      "end well, with nothing run, if nothing has changed or nothing had failed",
    commands: [...LOOKS_BACK, "image verify"],
    kind: "switch",
    option: "allowEmpty",
    read: given,
  },
  {
    name: "shard",
    also: ["split", "partition"],
    section: "Which cases",
    help:
      "only the INDEX-th of TOTAL parts; auto, or auto/TOTAL, asks the variables of the CI system",
    config: false,
    commands: DIVIDES,
    kind: "value",
    metavar: "INDEX/TOTAL",
    option: "shardWord",
    read: text,
  },
  {
    name: "timings",
    also: ["durations"],
    section: "Which cases",
    help:
      "with --shard: parts that take about as long, by the ndjson report of an earlier run",
    config: false,
    commands: DIVIDES,
    kind: "value",
    metavar: "FILE",
    names: "file",
    repeatable: true,
    option: "timingFiles",
    read: texts,
  },
];

/** Flags that say in which order cases run, how often, and when to stop. */
export const ORDER_FLAGS: readonly FlagRow[] = [
  {
    name: "bail",
    also: ["fail-fast", "exitfirst", "maxfail", "stop-on-failure"],
    section: "How",
    help: "start no further case after N failures; those are skipped",
    default: "1",
    commands: [...ONCE, "image verify"],
    kind: "optional",
    metavar: "N",
    names: "number",
    range: COUNT,
    option: "bail",
    read: ([count = "1"]) => parseCount(count, "bail"),
  },
  {
    name: "repeat",
    also: ["repeat-each", "count", "times"],
    section: "How",
    help:
      "run each case N times; one that passes only sometimes fails as flaky",
    commands: [...ONCE, "image verify"],
    kind: "value",
    metavar: "N",
    names: "number",
    range: COUNT,
    option: "repeat",
    read: one((count) => parseCount(count, "repeat")),
  },
  {
    name: "shuffle",
    also: ["randomize", "random-order", "seed"],
    section: "How",
    help: "run cases in an order drawn from SEED",
    default: "a new one, which reports tell",
    commands: [...ONCE, "image verify"],
    kind: "optional",
    metavar: "SEED",
    names: "number",
    range: SEED,
    option: "shuffle",
    read: parseShuffle,
  },
];
