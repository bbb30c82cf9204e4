/** Flags that find cases. */

import { CASE_FORMATS, parseFormats } from "./_flag_values.ts";
import { FINDS, given, one, text, texts } from "./_row_values.ts";
import type { FlagRow } from "./flag_row.ts";

/** Flags that find cases. */
export const CASE_FLAGS: readonly FlagRow[] = [
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
    commands: FINDS,
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
    commands: FINDS,
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
    commands: FINDS,
    kind: "value",
    metavar: "LIST",
    choices: () => CASE_FORMATS,
    list: true,
    option: "formats",
    read: one(parseFormats),
  },
];
