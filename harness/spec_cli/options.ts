/**
 * What each command can be asked for.
 *
 * @module
 */

import type { SelectionOptions } from "../suite.ts";
import type { Isolation } from "../types/harness_type.ts";
import type { ReportRequest } from "./_flag_values.ts";

export type { ReportRequest };

/** What `spec list` was asked for. */
export type ListOptions =
  & Required<Pick<SelectionOptions, "paths">>
  & Omit<SelectionOptions, "documents" | "types" | "paths">;

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

/** What `doctor` was asked for. */
export interface DoctorOptions {
  /** Whether a tool reads it. */
  readonly json: boolean;
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
