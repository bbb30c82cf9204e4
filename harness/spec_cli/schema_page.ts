/**
 * What `--help` of `schema` tells.
 *
 * @module
 */

import { SCHEMA_NAMES } from "../schema/schema_names.ts";
import type { CommandPage } from "./help.ts";

/**
 * The page of `spec schema`.
 *
 * @example Usage
 * ```ts
 * import { SCHEMA_PAGE } from "./schema_page.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(SCHEMA_PAGE.command, "spec schema");
 * ```
 */
export const SCHEMA_PAGE: CommandPage = {
  command: "spec schema",
  title: "Print a JSON Schema, for editors and other programs.",
  about:
    `It is made of what the checks of this program go by, and so knows its keys,
targets and operators. How editors are told of it: docs/editors.md.`,
  usage: [["spec schema [NAME]", "print a JSON Schema for editors"]],
  operands: [{
    name: "NAME",
    section: "What is written",
    help: "what it is of; of cases, if left out",
    choices: SCHEMA_NAMES,
  }],
  exits: [["0", "printed"], ["2", "the command cannot be understood"]],
  examples: [
    "spec schema > .vscode/case.schema.json",
    "spec schema config > runner.schema.json",
  ],
};
