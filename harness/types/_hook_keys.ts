/**
 * The keys of a `cli.run` case that are about hooks, checked.
 *
 * @module
 */

import type { RawCase } from "../case.ts";
import { isJsonObject, type JsonObject } from "../json.ts";
import {
  type ModuleEntrypoint,
  parseEntrypoint,
} from "../process/entrypoint.ts";
import { kindOf, own, wrong } from "./_case_key.ts";
import { HOOK, TAKEN } from "./_cli_run_shapes.ts";

/** What a case says about hooks. */
export interface HookKeys {
  /** Called before the program is started. */
  readonly before: ModuleEntrypoint | undefined;
  /** Called after its exit code was found right. */
  readonly after: ModuleEntrypoint | undefined;
  /** What both are called with besides. */
  readonly kwargs: JsonObject;
}

/**
 * Checks the keys about hooks.
 *
 * @param raw The case.
 * @returns What it says; no hooks if it says nothing.
 * @throws {CaseError} `schema` if a key is wrong.
 */
export function readHookKeys(raw: RawCase): HookKeys {
  const before = readHook(raw, "hook_before");
  const after = readHook(raw, "hook_after");
  const kwargs = readKwargs(raw);
  const isUsed = before !== undefined || after !== undefined;
  if (isUsed || Object.keys(kwargs).length === 0) {
    return { before, after, kwargs };
  }
  throw wrong(
    raw,
    ["harness", "hook_kwargs"],
    "harness.hook_kwargs is for hooks, and there is none: add hook_before or hook_after, or leave it out",
  );
}

function readHook(raw: RawCase, key: string): ModuleEntrypoint | undefined {
  const value = own(raw.harness, key) ?? undefined;
  if (value === undefined) return undefined;
  const hook = HOOK.fits(value) ? parseEntrypoint(value) : undefined;
  if (hook?.kind === "module") return hook;
  throw wrong(
    raw,
    ["harness", key],
    `harness.${key} must be "module:function" without white space, found ${
      kindOf(value)
    }`,
  );
}

function readKwargs(raw: RawCase): JsonObject {
  const at = ["harness", "hook_kwargs"] as const;
  const value = own(raw.harness, "hook_kwargs") ?? {};
  if (!isJsonObject(value)) {
    const found = kindOf(value);
    throw wrong(
      raw,
      at,
      `harness.hook_kwargs must be a mapping, found ${found}`,
    );
  }
  for (const key of Object.keys(value)) {
    if (!TAKEN.some((taken) => taken === key)) continue;
    throw wrong(
      raw,
      [...at, key],
      `harness.hook_kwargs must not hold "${key}": hooks are called with ${
        TAKEN.join(", ")
      } of their own; give it another name`,
    );
  }
  return value;
}
