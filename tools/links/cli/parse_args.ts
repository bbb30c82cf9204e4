/** Stand-in for `@std/cli/parse-args`: the same code, from the npm registry. */
import { parseArgs as untyped } from "deno-std/cli/parse_args.js";

/** What {@linkcode parseArgs} takes besides the words; the part used here. */
export interface ParseOptions {
  readonly boolean?: readonly string[];
  readonly string?: readonly string[];
  readonly collect?: readonly string[];
  readonly stopEarly?: boolean;
  readonly unknown?: (arg: string, key?: string, value?: unknown) => unknown;
}

/** Words split into flags and, under `_`, the rest. */
export const parseArgs: (
  args: string[],
  options?: ParseOptions,
) => Record<string, unknown> & { _: (string | number)[] } = untyped;
