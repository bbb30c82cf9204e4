/**
 * `image verify`, from its flags to an exit code.
 *
 * @module
 */

import type { Host } from "../../host/host.ts";
import { quoted } from "../../text/printable.ts";
import { complain, interruptible } from "../command_line.ts";
import type { Flags, FlagTable } from "../spec_cli/flags.ts";
import { parseRunOptions, type RunOptions } from "../spec_cli/options.ts";
import { openReports } from "../spec_cli/reports.ts";
import { UsageError } from "../usage_error.ts";
import { parsePlatform, type Platform } from "./archive/platform.ts";
import { verifyArchive } from "./saved_image.ts";
import { openTree } from "./tree.ts";
import {
  type VerifyExitCode,
  verifyExitCode,
  type VerifyOptions,
  type VerifySummary,
  verifyTree,
} from "./verify.ts";

/** Flags that say what is verified; exactly one of them is given. */
const SUBJECTS = ["sandbox", "archive"] as const;
/** Flags that say which image of an archive. */
const CHOICES = ["platform", "ref"] as const;

/** The flags of `image verify`. */
export const VERIFY_FLAGS: FlagTable = {
  values: [
    ...SUBJECTS,
    ...CHOICES,
    ...["specs", "report", "filter", "jobs", "timeout"],
  ],
  switches: ["help", "verbose"],
  repeatable: ["specs", "report"],
};

/** Verifies what the flags named. */
type Verify = (host: Host, options: VerifyOptions) => Promise<VerifySummary>;

/**
 * Verifies an image.
 *
 * @param flags What was given.
 * @param host The machine.
 * @returns How it ended.
 * @throws {UsageError} If the flags name nothing, or more than one thing.
 * @throws {TreeError} If the tree cannot be verified at all.
 * @throws {ArchiveError} If the saved image cannot be read.
 */
export async function verifyCommand(
  flags: Flags,
  host: Host,
): Promise<VerifyExitCode> {
  const { reports, verbose, ...run }: RunOptions = parseRunOptions(flags);
  const verify = subjectOf(flags, host);
  const { reporters, commit } = openReports(reports, { verbose, host });
  const specs = flags.values.get("specs") ?? [];
  const summary = await interruptible(
    host,
    (signal) => verify(host, { ...run, specs, reporters, signal }),
  );
  commit();
  const isShown = reports.some(({ format, file }) =>
    format === "terminal" && file === "-"
  );
  if (!isShown) complain(summary.suite.notes ?? [], host);
  return verifyExitCode(summary);
}

function subjectOf(flags: Flags, host: Host): Verify {
  const [stray] = flags.paths;
  const given = SUBJECTS.filter((name) => flags.values.has(name));
  if (stray !== undefined) throw noSubject(stray);
  if (given.length > 1) {
    throw new UsageError(
      `Cannot verify ${given.map((name) => `--${name}`).join(" and ")} at once`,
      { remedy: "Give one of them" },
    );
  }
  const one = (name: string) => flags.values.get(name)?.[0];
  const [sandbox, archive] = SUBJECTS.map(one);
  const choice = CHOICES.find((name) => flags.values.has(name));
  if (archive !== undefined) {
    const image = { ...platformOf(one("platform")), ...refOf(one("ref")) };
    return (host, options) =>
      verifyArchive(host, archive, { ...options, ...image });
  }
  if (choice !== undefined) {
    throw new UsageError(`Cannot use --${choice} without --archive`, {
      remedy: "It chooses among the images of an archive: leave it out",
    });
  }
  if (sandbox === undefined) throw noSubject(undefined);
  const tree = openTree(host, sandbox);
  return (host, options) => verifyTree(host, tree, options);
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

function noSubject(stray: string | undefined): UsageError {
  return stray === undefined
    ? new UsageError("Cannot verify: nothing was named", {
      remedy:
        "image verify --sandbox dist/rootfs, or image verify --archive image.tar",
    })
    : new UsageError(
      `Cannot verify ${
        quoted(stray)
      }: this version verifies trees and saved images only`,
      {
        remedy:
          "Save the image, and name the file: image verify --archive image.tar",
      },
    );
}
