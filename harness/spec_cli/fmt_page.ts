/**
 * What `--help` of `fmt` tells.
 *
 * @module
 */

import type { CommandPage } from "./help.ts";

/**
 * The page of `spec fmt`.
 *
 * @example Usage
 * ```ts
 * import { FMT_PAGE } from "./fmt_page.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(FMT_PAGE.command, "spec fmt");
 * ```
 */
export const FMT_PAGE: CommandPage = {
  command: "spec fmt",
  title: "Lay out the case blocks of documents.",
  about:
    `White space between words is all that changes: indentation by two columns, one
space behind dashes, colons and commas, and what is in brackets on one line of
up to 80 characters, or with each item on a line. Text, comments, quotes, the
order of keys and everything outside of case blocks stay as they are; what a
document says is compared before it is written. The paths of changed documents
are printed.`,
  usage: [["spec fmt PATH... [flags]", "lay out the case blocks of documents"]],
  operands: [{
    name: "PATH...",
    section: "Which cases",
    help:
      'files, and directories to look for files in; "-" reads them from standard input',
    names: "file",
  }],
  exits: [
    ["0", "everything is laid out"],
    [
      "1",
      "a document could not be read or written, or, with --check, would change",
    ],
    ["2", "the command cannot be understood, or there is no document"],
  ],
  examples: [
    "spec fmt specs/ --recursive",
    "spec fmt specs/ --check",
    "git diff --name-only --diff-filter=d -- '*.spec.md' | spec fmt -",
  ],
};
