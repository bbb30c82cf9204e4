/**
 * Holds a checked assertion tree against the targets of a case.
 *
 * @module
 */

import type { KeyPath, SourceCase } from "../case.ts";
import { CaseError } from "../case_error.ts";
import type { Json } from "../json.ts";
import type { Budgets } from "../spec_lang/budgets.ts";
import { compileExpression } from "../spec_lang/compile.ts";
import type { SymbolView } from "../library/link.ts";
import { evaluate, type MachineHost } from "../spec_lang/machine.ts";
import { isTrue } from "../spec_lang/truth.ts";
import type { ReadTarget } from "../types/harness_type.ts";
import type { Assertion, Check, Group, Leaf } from "./assertion.ts";
import { type Examined, explainHit, explainMiss } from "./explain.ts";
import { assertionError, type Place } from "./place.ts";
import { branchLines, clip } from "./_told.ts";

/** What judging depends on besides the tree and the targets. */
export interface JudgeOptions {
  /** The case's id. */
  readonly caseId: string;
  /** What one evaluation may cost. */
  readonly budgets: Budgets;
  /** The library symbols that expressions may refer to; none if not given. */
  readonly view?: SymbolView | undefined;
  /** What expressions may ask of the world. */
  readonly host: MachineHost;
  /** When judging has to be over, on the host's clock. Default: never. */
  readonly deadline?: number;
  /** Finds where a key or item of the case stands. */
  readonly source: Pick<SourceCase, "locate">;
}

/** An assertion that does not hold. */
interface Miss {
  readonly place: Place;
  readonly at: KeyPath;
  /** Explains it; asked only for a failure that is told. */
  readonly lines: () => readonly string[];
}

/**
 * Checks that an assertion tree holds.
 *
 * In `can` and `cannot` every branch is looked at, so that a schema or runtime
 * failure in one of them surfaces wherever it stands; `must` stops at the
 * first branch that does not hold.
 *
 * Source: spec format, section 6.
 *
 * @param assertion The tree.
 * @param read Gives the value of a target.
 * @param options What judging depends on besides.
 * @throws {CaseError} `assertion` if it does not hold, with what was wanted and
 * what was there in at most 24 lines; `schema` or `runtime` if an expression
 * cannot be evaluated.
 *
 * @example Usage
 * ```ts
 * import { judge } from "./evaluate.ts";
 * import { compileAssertions } from "./compile.ts";
 * import { DEFAULT_BUDGETS } from "../spec_lang/budgets.ts";
 * import { CaseError } from "../case_error.ts";
 * import { assertThrows } from "@std/assert";
 *
 * const options = {
 *   caseId: "A-1",
 *   targets: { text: ["contain" as const] },
 *   budgets: DEFAULT_BUDGETS,
 *   host: { pathExists: () => false, now: () => 0 },
 *   source: { locate: () => ({ path: "a.spec.md", line: 1, column: 1 }) },
 * };
 * const tree = compileAssertions(
 *   { target: "text", must: [{ contain: ["ready"] }] },
 *   options,
 * );
 * judge(tree, () => "all ready", options);
 * assertThrows(() => judge(tree, () => "not yet", options), CaseError,
 *   'assert_path=assert.must[0] target=text op=contain: wanted text that contains "ready"');
 * ```
 */
export function judge(
  assertion: Assertion,
  read: ReadTarget,
  options: JudgeOptions,
): void {
  const miss = new Judge(remember(read), options).examine(assertion);
  if (miss === undefined) return;
  const text = clip(miss.lines()).join("\n  ");
  throw assertionError("assertion", { place: miss.place, text }, {
    source: options.source,
    at: miss.at,
  });
}

class Judge {
  readonly #read: ReadTarget;
  readonly #options: JudgeOptions;
  #explanationDeadline: number | undefined;

  constructor(read: ReadTarget, options: JudgeOptions) {
    this.#read = read;
    this.#options = options;
  }

  /** The first reason why an assertion does not hold, or nothing. */
  examine(assertion: Assertion): Miss | undefined {
    return assertion.kind === "leaf"
      ? first(assertion.checks, (check) => this.#check(check, assertion))
      : this.#group(assertion);
  }

  #group(group: Group): Miss | undefined {
    const { branches, mode, keyPath } = group;
    if (mode === "must") return first(branches, (node) => this.examine(node));
    const misses = branches.map((branch) => this.examine(branch));
    const held = branches.filter((_, index) => misses[index] === undefined);
    if (mode === "can" ? held.length > 0 : held.length === 0) return undefined;
    const { caseId } = this.#options;
    const lines = () =>
      mode === "can"
        ? this.#noneHeld(misses.filter((miss) => miss !== undefined))
        : this.#someHeld(held, branches.length);
    const place = { caseId, keyPath, target: group.target };
    return { place, at: [...keyPath, mode], lines };
  }

  #someHeld(held: readonly Assertion[], total: number): string[] {
    return [
      held.length === 1
        ? `cannot: 1 branch of ${total} holds, wanted none`
        : `cannot: ${held.length} branches of ${total} hold, wanted none`,
      ...branchLines(
        held.map((branch) => ({
          keyPath: branch.keyPath,
          lines: () => this.#heldLines(branch),
        })),
      ),
    ];
  }

  #noneHeld(misses: readonly Miss[]): string[] {
    return [
      `can: no branch holds, wanted at least one of ${misses.length}`,
      ...branchLines(
        misses.map(({ place, lines }) => ({ keyPath: place.keyPath, lines })),
      ),
    ];
  }

  #heldLines(branch: Assertion): readonly string[] {
    if (branch.kind === "group") return [`${branch.mode} holds`];
    const [check] = branch.checks;
    if (check === undefined) return ["holds"];
    return explainHit(this.#examined(check, this.#read(branch.target)));
  }

  #check(check: Check, leaf: Leaf): Miss | undefined {
    const { caseId, source } = this.#options;
    const { target, keyPath } = leaf;
    const place = { caseId, keyPath, target, op: check.operator };
    try {
      const subject = this.#read(target);
      const { value } = evaluate(check.expression, subject, this.#options);
      if (isTrue(value)) return undefined;
      const lines = () => explainMiss(this.#examined(check, subject));
      return { place, at: check.keyPath, lines };
    } catch (cause) {
      if (!(cause instanceof CaseError)) throw cause;
      const { category, message } = cause;
      const at = check.keyPath;
      if (category === "assertion") {
        return { place, at, lines: () => [message] };
      }
      const problem = { place, text: message };
      throw assertionError(category, problem, { source, at, cause });
    }
  }

  #examined(check: Check, subject: Json): Examined {
    const { budgets, view } = this.#options;
    const reevaluate = (part: Json) => {
      try {
        const expression = compileExpression(part, { budgets, ...view });
        const deadline = this.#explainUntil();
        const options = { ...this.#options, deadline };
        return evaluate(expression, subject, options).value;
      } catch (cause) {
        if (cause instanceof CaseError) return undefined;
        throw cause;
      }
    };
    return { check, subject, reevaluate };
  }

  /** All explanations together may take as long as one evaluation. */
  #explainUntil(): number {
    const { budgets: { timeoutMs }, host, deadline = Infinity } = this.#options;
    this.#explanationDeadline ??= timeoutMs === 0
      ? deadline
      : Math.min(deadline, host.now() + timeoutMs);
    return this.#explanationDeadline;
  }
}

function first<T, R>(
  items: readonly T[],
  find: (item: T) => R | undefined,
): R | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Reads each target once: a case's checks all see the same value. */
function remember(read: ReadTarget): ReadTarget {
  const known = new Map<string, Json>();
  return (target) => {
    const value = known.get(target) ?? read(target);
    known.set(target, value);
    return value;
  };
}
