/** Flags that say what is told, and to whom. */

import { REPORT_FORMATS } from "../report/formats.ts";
import { parseReports } from "./_flag_values.ts";
import { given, REPORTS } from "./_row_values.ts";
import type { FlagRow } from "./flag_row.ts";

/** Flags that say what is told, and to whom. */
export const REPORT_FLAGS: readonly FlagRow[] = [
  {
    name: "report",
    also: [
      "reporter",
      "format",
      "output",
      "output-format",
      "json",
      "junit",
      "tap",
    ],
    section: "Reports",
    help: 'write a report to FILE, or to standard output if that is "-"',
    default: "terminal=-",
    commands: REPORTS,
    kind: "value",
    metavar: "FORMAT=FILE",
    names: "report",
    choices: () => [...REPORT_FORMATS.keys()],
    repeatable: true,
    option: "reports",
    read: parseReports,
  },
  {
    name: "quiet",
    excludes: ["verbose"],
    also: ["silent"],
    section: "Reports",
    help: "give only failures and the counts in the terminal report",
    commands: REPORTS,
    kind: "switch",
    option: "quiet",
    read: given,
  },
  {
    name: "verbose",
    excludes: ["quiet"],
    section: "Reports",
    help: "give every case a line in the terminal report",
    commands: [...REPORTS, "spec watch"],
    kind: "switch",
    option: "verbose",
    read: given,
  },
  {
    name: "json",
    section: "Reports",
    config: false,
    help: "print JSON",
    commands: ["spec doctor", "image doctor"],
    kind: "switch",
    option: "json",
    read: given,
  },
];
