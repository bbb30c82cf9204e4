/** Flags that find cases. */

import { CASE_FORMATS, parseFormats } from "./_flag_values.ts";
import { given, one, READS, text, texts } from "./_row_values.ts";
import type { FlagRow } from "./flag_row.ts";

/** Flags that find cases. */
export const CASE_FLAGS: readonly FlagRow[] = [
  {
    name: "check",
    also: ["dry-run"],
    section: "What is written",
    help: "change nothing, and fail if a document would change",
    config: false,
    commands: ["spec fmt"],
    kind: "switch",
    option: "check",
    read: given,
  },
  {
    name: "specs",
    also: ["cases"],
    section: "Which cases",
    help: "cases of the image itself, a document or a folder",
    commands: ["image verify"],
    kind: "value",
    metavar: "PATH",
    names: "file",
    repeatable: true,
    option: "specs",
    read: texts,
  },
  {
    name: "recursive",
    also: ["recurse"],
    section: "Which cases",
    help: "look in directories below directories, too",
    commands: READS,
    kind: "switch",
    option: "recursive",
    read: given,
  },
  {
    name: "case-file-pattern",
    also: ["glob", "include", "pattern"],
    section: "Which cases",
    help: "which files of a directory",
    default: "*.spec.md",
    commands: READS,
    kind: "value",
    metavar: "GLOB",
    option: "pattern",
    read: text,
  },
  {
    name: "case-formats",
    section: "Which cases",
    help: "of md, yaml and json, with commas",
    default: "md",
    commands: READS,
    kind: "value",
    metavar: "LIST",
    choices: () => CASE_FORMATS,
    list: true,
    option: "formats",
    read: one(parseFormats),
  },
];
