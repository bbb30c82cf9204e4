/**
 * The runner contract as cases, travelling with the program.
 *
 * @module
 */

import configuration from "../../specs/platform/configuration.spec.md" with {
  type: "text",
};
import commands from "../../specs/platform/commands.spec.md" with {
  type: "text",
};
import exec from "../../specs/platform/exec.spec.md" with { type: "text" };
import files from "../../specs/platform/files.spec.md" with { type: "text" };
import identity from "../../specs/platform/identity.spec.md" with {
  type: "text",
};
import invocation from "../../specs/platform/invocation.spec.md" with {
  type: "text",
};
import plugins from "../../specs/platform/plugins.spec.md" with {
  type: "text",
};
import shell from "../../specs/platform/shell.spec.md" with { type: "text" };
import user from "../../specs/platform/user.spec.md" with { type: "text" };
import type { SuiteDocument } from "../suite.ts";

const DOCUMENTS: readonly (readonly [string, string])[] = [
  ["files", files],
  ["configuration", configuration],
  ["invocation", invocation],
  ["commands", commands],
  ["exec", exec],
  ["plugins", plugins],
  ["identity", identity],
  ["user", user],
  ["shell", shell],
];

/**
 * The case documents of the runner contract.
 *
 * @returns The documents, named by their paths in the package.
 *
 * @example Usage
 * ```ts
 * import { platformDocuments } from "./platform_cases.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const [first] = platformDocuments();
 * assertEquals(first?.path, "specs/platform/files.spec.md");
 * ```
 */
export function platformDocuments(): SuiteDocument[] {
  const encoder = new TextEncoder();
  return DOCUMENTS.map(([name, text]) => ({
    path: `specs/platform/${name}.spec.md`,
    format: "md",
    bytes: encoder.encode(text),
  }));
}
