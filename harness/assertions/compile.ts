/**
 * From an `assert` tree as written to one that is completely checked.
 *
 * @module
 */

import {
  isJsonList,
  isJsonObject,
  type Json,
  type JsonObject,
} from "../json.ts";
import { quoted } from "../../text/printable.ts";
import { type AssertionOptions, hint, kindOf, Spot } from "./_spot.ts";
import type { Assertion, Group, GroupMode } from "./assertion.ts";
import { compileLeaf } from "./leaf.ts";
import { OPERATORS } from "./operators.ts";

export type { AssertionOptions };

/** The keys that make a group. */
export const GROUP_MODES: readonly GroupMode[] = ["must", "can", "cannot"];
const GROUP_KEYS: readonly string[] = ["target", ...GROUP_MODES];

/**
 * Checks an `assert` tree and compiles every operator in it.
 *
 * A list means that all of its items must hold. An empty list holds: whether
 * a case asserts enough is a matter of its health, not of its shape.
 *
 * Source: spec format, section 6.
 *
 * @param assert The value of `assert`.
 * @param options What its shape depends on.
 * @returns The tree, ready to be evaluated against targets.
 * @throws {CaseError} `schema` for the first fault, with its place; `runtime`
 * if an expression is larger than its budget.
 *
 * @example One leaf below a group
 * ```ts
 * import { compileAssertions } from "./compile.ts";
 * import { DEFAULT_BUDGETS } from "../spec_lang/budgets.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const tree = compileAssertions(
 *   { target: "stdout", must: [{ contain: ["ready"] }] },
 *   {
 *     caseId: "A-1",
 *     targets: { stdout: ["contain"] },
 *     budgets: DEFAULT_BUDGETS,
 *     source: { locate: () => ({ path: "a.spec.md", line: 1, column: 1 }) },
 *   },
 * );
 * assertEquals(tree.kind === "group" && tree.branches[0]?.kind, "leaf");
 * ```
 */
export function compileAssertions(
  assert: Json,
  options: AssertionOptions,
): Assertion {
  const spot = new Spot(["assert"], options);
  if (!isJsonList(assert)) return compileNode(assert, spot);
  return {
    kind: "group",
    keyPath: spot.keyPath,
    mode: "must",
    target: undefined,
    branches: assert.map((item, index) =>
      compileNode(item, spot.below([index]))
    ),
  };
}

function compileNode(node: Json, spot: Spot): Assertion {
  if (!isJsonObject(node)) {
    return spot.refuse(
      `wanted a group (must, can, cannot) or a leaf with operators, got ${
        kindOf(node)
      }`,
    );
  }
  const modes = GROUP_MODES.filter((mode) => Object.hasOwn(node, mode));
  const [mode] = modes;
  if (mode === undefined) return compileLeaf(node, spot);
  if (modes.length === 1) return compileGroup(node, mode, spot);
  return spot.refuse(
    `a group has exactly one of must, can and cannot, got ${
      modes.join(" and ")
    }; nest one group in another`,
  );
}

function compileGroup(node: JsonObject, mode: GroupMode, spot: Spot): Group {
  refuseStrangeKeys(node, mode, spot);
  const target = groupTarget(node, spot);
  const list = node[mode];
  if (!isJsonList(list) || list.length === 0) {
    const text = `${mode} takes a non-empty list, got ${kindOf(list)}`;
    return spot.refuse(text, { steps: [mode] });
  }
  const branches = list.map((item, index) =>
    compileNode(item, spot.below([mode, index], target))
  );
  return { kind: "group", keyPath: spot.keyPath, mode, target, branches };
}

function refuseStrangeKeys(node: JsonObject, mode: string, spot: Spot): void {
  for (const key of Object.keys(node)) {
    if (key === mode || key === "target") continue;
    const text = OPERATORS.has(key)
      ? `operator ${
        quoted(key)
      } stands beside ${mode}; put it into an item of ${mode}`
      : `unknown key ${quoted(key)} in a group${hint(key, GROUP_KEYS)}`;
    spot.refuse(text, { steps: [key] });
  }
}

function groupTarget(node: JsonObject, spot: Spot): string | undefined {
  if (!Object.hasOwn(node, "target")) return spot.target;
  const own = node["target"];
  const { targets } = spot.options;
  if (typeof own !== "string") {
    const text = `unknown assert target: wanted text, got ${kindOf(own)}`;
    return spot.refuse(text, { steps: ["target"] });
  }
  if (Object.hasOwn(targets, own)) return own;
  const known = Object.keys(targets);
  const text = `unknown assert target: ${kindOf(own)}${hint(own, known)}`;
  return spot.refuse(text, { steps: ["target"] });
}
