/**
 * `image verify`, from its flags to an exit code.
 *
 * @module
 */

import type { Host } from "../../host/host.ts";
import { quoted } from "../../text/printable.ts";
import { complain, interruptible } from "../command_line.ts";
import type { FlagOptions } from "../spec_cli/flag_row.ts";
import { flagsOf } from "../spec_cli/flag_table.ts";
import type { Flags } from "../spec_cli/flags.ts";
import { readOptions, REPORT_DEFAULTS } from "../spec_cli/read_options.ts";
import { openReports } from "../spec_cli/reports.ts";
import { UsageError } from "../usage_error.ts";
import { type Choice, choose } from "../spec_cli/choose.ts";
import { parsePlatform, type Platform } from "./archive/platform.ts";
import type { FindEngineOptions } from "./engine.ts";
import { verifyImage } from "./engine_image.ts";
import { verifyArchive } from "./saved_image.ts";
import { openTree } from "./tree.ts";
import {
  type VerifyExitCode,
  verifyExitCode,
  type VerifyOptions,
  type VerifySummary,
  verifyTree,
} from "./verify.ts";

/** Flags that say what is verified, where no image is named. */
const SUBJECTS = ["sandbox", "archive"] as const;

/** Flags that make sense with one way of verifying only, and that way. */
const BELONGS: ReadonlyMap<string, string> = new Map([
  ["platform", "--archive"],
  ["ref", "--archive"],
  ["engine", "an image"],
  ["engine-arg", "an image"],
]);

/** Reports for people: the verdict on the clauses is in them. */
const SHOW_NOTES: ReadonlySet<string> = new Set([
  "terminal",
  "dot",
  "markdown",
]);

/** Verifies what the flags named. */
type Verify = (options: VerifyOptions) => Promise<VerifySummary>;

/**
 * Verifies an image.
 *
 * @param flags What was given.
 * @param host The machine.
 * @returns How it ended.
 * @throws {UsageError} If the flags name nothing, or more than one thing.
 * @throws {TreeError} If the tree cannot be verified at all.
 * @throws {ArchiveError} If the saved image cannot be read.
 * @throws {EngineError} If there is no engine, or it could not do its part.
 */
export async function verifyCommand(
  flags: Flags,
  host: Host,
): Promise<VerifyExitCode> {
  const { reports, verbose, quiet, ...asked } = {
    ...REPORT_DEFAULTS,
    ...readOptions(flags, flagsOf("image verify")),
  };
  const choice = await choose(asked, host);
  const { verify, run } = subjectOf(flags, { ...asked, ...choice }, host);
  const summary = await interruptible(host, async (signal) => {
    const open = await openReports(reports, { verbose, quiet, host });
    const { reporters } = open;
    const summary = await verify({ ...run, reporters, signal });
    open.commit();
    return summary;
  });
  const isShown = reports.some(({ format, file }) =>
    SHOW_NOTES.has(format) && file === "-"
  );
  if (!isShown) complain(summary.suite.notes ?? [], host);
  return verifyExitCode(summary);
}

/** What is verified, and what else was asked for. */
interface Subject {
  readonly verify: Verify;
  readonly run: Omit<VerifyOptions, "reporters">;
}

function subjectOf(
  flags: Flags,
  asked: Partial<FlagOptions> & Choice,
  host: Host,
): Subject {
  const { sandbox, archive, engine, engineArgs, platform, ref, ...run } = asked;
  const [reference, stray] = flags.paths;
  const given = [
    ...flags.paths.slice(0, 1).map(() => "an image"),
    ...SUBJECTS.filter((name) => flags.values.has(name))
      .map((name) => `--${name}`),
  ];
  if (stray !== undefined) throw strayWord(stray);
  if (given.length > 1) {
    throw new UsageError(`Cannot verify ${given.join(" and ")} at once`, {
      remedy: "Give one of them",
    });
  }
  refuseForeign(flags, given[0]);
  if (reference !== undefined) {
    const find = engineOf(engine, engineArgs);
    return {
      verify: (options) =>
        verifyImage(host, reference, { ...options, engine: find }),
      run,
    };
  }
  if (archive !== undefined) {
    const image = { ...platformOf(platform), ...refOf(ref) };
    return {
      verify: (options) =>
        verifyArchive(host, archive, { ...options, ...image }),
      run,
    };
  }
  if (sandbox === undefined) throw noSubject();
  const tree = openTree(host, sandbox);
  return { verify: (options) => verifyTree(host, tree, options), run };
}

/** A flag of another way of verifying would change nothing: it is refused. */
function refuseForeign(flags: Flags, subject: string | undefined): void {
  for (const [name, owner] of BELONGS) {
    if (!flags.values.has(name) || owner === subject) continue;
    if (flags.configured?.has(name)) continue;
    throw new UsageError(`Cannot use --${name} without ${owner}`, {
      remedy: `It is about ${owner} only: leave it out`,
    });
  }
}

function engineOf(
  program: string | undefined,
  runArgs: readonly string[] = [],
): FindEngineOptions {
  return program === undefined ? { runArgs } : { program, runArgs };
}

function platformOf(text: string | undefined): { platform?: Platform } {
  if (text === undefined) return {};
  const platform = parsePlatform(text);
  if (platform !== undefined) return { platform };
  throw new UsageError(
    `Cannot use ${
      quoted(text)
    } as --platform: wanted OS/ARCHITECTURE or OS/ARCHITECTURE/VARIANT`,
    { remedy: "Write it as engines do: --platform linux/arm64" },
  );
}

function refOf(ref: string | undefined): { ref?: string } {
  return ref === undefined ? {} : { ref };
}

function noSubject(): UsageError {
  return new UsageError("Cannot verify: nothing was named", {
    remedy:
      "image verify IMAGE, image verify --archive image.tar, or image verify --sandbox dist/rootfs",
  });
}

function strayWord(stray: string): UsageError {
  return new UsageError(
    `Cannot verify ${quoted(stray)} too: wanted one image`,
    { remedy: "Verify one after the other" },
  );
}
