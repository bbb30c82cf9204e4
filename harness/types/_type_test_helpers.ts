/**
 * Cases and contexts for the tests of case types.
 *
 * @module
 */

import type { Host } from "../../host/host.ts";
import type { RawCase } from "../case.ts";
import { CaseError } from "../case_error.ts";
import type { Json, JsonObject } from "../json.ts";
import type { HarnessType, ReadTarget, SuiteContext } from "./harness_type.ts";

/** What a test says about a case. */
export interface CaseText {
  /** The type's own keys. */
  readonly body?: JsonObject;
  /** The `harness` mapping. */
  readonly harness?: JsonObject;
  /** The document. Default `/repo/specs/a.spec.md`. */
  readonly path?: string;
}

/** Makes a raw case. Its key paths are found at the column of their depth. */
export function rawCase(text: CaseText): RawCase {
  const location = {
    path: text.path ?? "/repo/specs/a.spec.md",
    line: 7,
    column: 1,
  };
  return {
    id: "A-1",
    type: "x",
    title: undefined,
    purpose: undefined,
    tags: [],
    requires: { capabilities: [], whenMissing: "fail" },
    harness: text.harness ?? {},
    assert: undefined,
    body: text.body ?? {},
    source: {
      kind: "case",
      value: {},
      location,
      locate: (path) => ({ ...location, path: path.join("/") }),
    },
  };
}

/** Makes a context. */
export function suiteContext(
  host: Host,
  change: Partial<SuiteContext> = {},
): SuiteContext {
  const environment = { PATH: "/usr/bin:/bin" };
  return {
    host,
    environment,
    contractRoot: undefined,
    timeoutMs: 10_000,
    ...change,
  };
}

/** How a case ended: the targets that were read, or its failure. */
export type Ending =
  | { readonly read: Readonly<Record<string, Json>> }
  | {
    readonly category: string;
    readonly message: string;
    readonly at: string | undefined;
  };

/** Compiles and runs a case, and reads targets of it. */
export async function runType(
  type: HarnessType,
  one: { readonly raw: RawCase; readonly context: SuiteContext },
  targets: readonly string[] = [],
): Promise<Ending> {
  const read: Record<string, Json> = {};
  const judge = (target: ReadTarget) => {
    for (const name of targets) read[name] = target(name);
  };
  try {
    await type.compile(one.raw, one.context).run(one.context, judge);
    return { read };
  } catch (error) {
    if (!(error instanceof CaseError)) throw error;
    const { category, message, location } = error;
    return { category, message, at: location?.path };
  }
}
