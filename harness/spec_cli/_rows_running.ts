/** Flags that say how cases run. */

import {
  ISOLATIONS,
  JOBS,
  parseIsolation,
  parseJobs,
  parseTimeout,
  TIMEOUT,
} from "./_flag_values.ts";
import { one, RUNS, text } from "./_row_values.ts";
import type { FlagRow } from "./flag_row.ts";

/** Flags that say how cases run. */
export const RUNNING_FLAGS: readonly FlagRow[] = [
  {
    name: "jobs",
    also: ["parallel", "workers", "concurrency", "threads", "num-workers"],
    section: "How",
    help: "cases side by side",
    default: "one per processor",
    commands: RUNS,
    kind: "value",
    metavar: "N",
    names: "number",
    range: JOBS,
    option: "jobs",
    read: one(parseJobs),
  },
  {
    name: "timeout",
    also: ["time-limit"],
    section: "How",
    help: "stop a case after this time",
    default: "60",
    commands: RUNS,
    kind: "value",
    metavar: "SECONDS",
    names: "number",
    range: TIMEOUT,
    option: "timeoutMs",
    read: one(parseTimeout),
  },
  {
    name: "isolate",
    also: ["isolation"],
    section: "How",
    help: "call functions in this process, or each in one of its own",
    default: "none",
    commands: ["spec run", "spec watch", "spec conformance"],
    kind: "value",
    metavar: "none|process",
    choices: () => ISOLATIONS,
    option: "isolate",
    read: one(parseIsolation),
  },
  {
    name: "contract-root",
    also: ["root"],
    section: "How",
    help: "the folder no document may reach out of",
    default: "the repository around a document",
    commands: ["spec run", "spec watch", "spec conformance", "spec lint"],
    kind: "value",
    metavar: "DIR",
    names: "folder",
    option: "contractRoot",
    read: text,
  },
];
