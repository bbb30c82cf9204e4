/**
 * What each command can be asked for.
 *
 * @module
 */

import type { DiscoverOptions } from "../discover.ts";
import type { SelectionOptions } from "../suite.ts";
import type { Isolation } from "../types/harness_type.ts";
import type { ReportRequest } from "./_flag_values.ts";

export type { ReportRequest };

/** What is asked for in words that the machine has to explain. */
export interface ChoiceWords {
  /** The report of an earlier run. */
  readonly lastFailedFile?: string;
  /** A git revision. */
  readonly changedSince?: string;
  /** Which part of the cases. */
  readonly shardWord?: string;
  /** Reports of earlier runs. */
  readonly timingFiles?: readonly string[];
  /** A seed, or that one is to be drawn. */
  readonly shuffle?: number | "draw";
}

/** What `spec list` was asked for. */
export type ListOptions =
  & ChoiceWords
  & Required<Pick<SelectionOptions, "paths">>
  & Omit<
    SelectionOptions,
    | "documents"
    | "types"
    | "paths"
    | "lastFailed"
    | "changed"
    | "shard"
    | "durations"
  >;

/** What `spec lint` was asked for. */
export interface LintOptions extends ListOptions {
  /** The folder no document may reach out of. */
  readonly contractRoot?: string;
  /** The reports, at least one, at most one of them to standard output. */
  readonly reports: readonly ReportRequest[];
  /** Whether every case that passes gets a line. */
  readonly verbose: boolean;
  /** Whether only failures and the counts are shown. */
  readonly quiet: boolean;
}

/** What `spec run` was asked for. */
export interface RunOptions extends LintOptions {
  /** How many cases may run side by side. */
  readonly jobs?: number;
  /** Milliseconds after which a case is stopped. */
  readonly timeoutMs?: number;
  /** Where functions are called. */
  readonly isolate?: Isolation;
  /** How many failures end the run. */
  readonly bail?: number;
  /** How many times each case is run. */
  readonly repeat?: number;
}

/** What `spec watch` was asked for. */
export type WatchOptions =
  & Omit<RunOptions, "quiet" | "reports" | "verbose">
  & Partial<Pick<RunOptions, "verbose">>;

/** What `spec conformance` was asked for. */
export interface ConformanceOptions extends RunOptions {
  /** Whose expectations count. */
  readonly implementation?: string;
}

/** What `spec fmt` was asked for. */
export interface FmtOptions extends DiscoverOptions {
  /** Files, and directories to look for files in. */
  readonly paths: readonly string[];
  /** Whether nothing is written. Default false. */
  readonly check?: boolean;
}

/** What `doctor` was asked for. */
export interface DoctorOptions {
  /** Whether a tool reads it. */
  readonly json: boolean;
}

/** What `spec merge` was asked for. */
export interface MergeOptions
  extends Pick<LintOptions, "reports" | "verbose" | "quiet"> {
  /** The reports of the shards. */
  readonly paths: readonly string[];
}

/** What flags that only `image` takes ask for. */
export interface ImageOptions {
  /** The container engine's program. */
  readonly engine: string;
  /** Flags for the engine's run command. */
  readonly engineArgs: readonly string[];
  /** The rootfs tree that is verified. */
  readonly sandbox: string;
  /** The saved image that is verified. */
  readonly archive: string;
  /** Which of its platforms, as typed. */
  readonly platform: string;
  /** Which of several images. */
  readonly ref: string;
  /** Documents, and folders with documents, of the image itself. */
  readonly specs: readonly string[];
  /** The folder to write. */
  readonly out: string;
}
