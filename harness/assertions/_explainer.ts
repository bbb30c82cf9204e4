/** Works out what is told of assertions, once it is clear that it will be told. */

import { CaseError } from "../case_error.ts";
import type { Json } from "../json.ts";
import { compileExpression } from "../spec_lang/compile.ts";
import { evaluate } from "../spec_lang/machine.ts";
import { locateRegex } from "../spec_lang/regex.ts";
import type { ReadTarget } from "../types/harness_type.ts";
import { type Branch, tellGroup, type Told } from "./_told.ts";
import type { Assertion, Check, Leaf } from "./assertion.ts";
import { asText } from "./brief_json.ts";
import type { JudgeOptions } from "./judge_options.ts";
import { type Examined, explainHit, explainMiss } from "./explain.ts";
import type { Explanation } from "./explanation.ts";

/** How long explanations may take where evaluations have no limit. */
const NO_LIMIT_MS = 1000;

/** Explains the checks of one case. */
export class Explainer {
  readonly #read: ReadTarget;
  readonly #options: JudgeOptions;
  #deadline: number | undefined;

  /**
   * Begins a case.
   *
   * @param read Reads its targets.
   * @param options What evaluating depends on.
   */
  constructor(read: ReadTarget, options: JudgeOptions) {
    this.#read = read;
    this.#options = options;
  }

  /**
   * Tells why a check does not hold.
   *
   * @param check The check.
   * @param target What it looked at.
   */
  miss(check: Check, target: string): Told {
    const subject = this.#read(target);
    return toldOf(
      [explainMiss(this.#examined(check, subject))],
      target,
      subject,
    );
  }

  /**
   * Tells why an assertion holds.
   *
   * @param assertion The assertion.
   * @param holds Whether one below it does.
   */
  hit(assertion: Assertion, holds: (one: Assertion) => boolean): Branch {
    const { keyPath } = assertion;
    if (assertion.kind === "leaf") {
      return { keyPath, tell: (room) => this.#leafHit(assertion, room) };
    }
    const { mode, branches } = assertion;
    const all = `${branches.length}`;
    const tell = (room: number) => {
      const held = mode === "can" ? branches.filter(holds) : branches;
      const headline = {
        "must": `must: all ${all} hold`,
        "can": `can: ${held.length} of ${all} hold`,
        "cannot": `cannot: none of ${all} holds, so this does`,
      };
      const shown = mode === "cannot" ? [] : held;
      const below = shown.map((one) => this.hit(one, holds));
      return tellGroup(headline[mode], below, room);
    };
    return { keyPath, tell };
  }

  #leafHit({ checks, target }: Leaf, room: number): Told {
    const subject = this.#read(target);
    const shown = checks.slice(0, room)
      .map((check) => explainHit(this.#examined(check, subject)));
    return toldOf(shown, target, subject);
  }

  #examined(check: Check, subject: Json): Examined {
    const { budgets, view, host } = this.#options;
    const reevaluate = (part: Json) =>
      attempt(() => {
        const expression = compileExpression(part, { budgets, ...view });
        const options = { ...this.#options, deadline: this.#until() };
        return evaluate(expression, subject, options).value;
      });
    const allow = () => this.#until() - host.now();
    const locate = (pattern: string) =>
      attempt(() => locateRegex(pattern, asText(subject), { allow }));
    return { check, subject, reevaluate, locate };
  }

  /** All explanations together may take as long as one evaluation. */
  #until(): number {
    const { budgets: { timeoutMs }, host, deadline = Infinity } = this.#options;
    const limit = timeoutMs === 0 ? NO_LIMIT_MS : timeoutMs;
    return this.#deadline ??= Math.min(deadline, host.now() + limit);
  }
}

function toldOf(
  explanations: readonly Explanation[],
  target: string,
  subject: Json,
): Told {
  const isSeen = explanations.some(({ showsText }) => showsText);
  return {
    lines: explanations.flatMap(({ lines }) => lines),
    seen: new Map(isSeen ? [[target, subject]] : []),
  };
}

function attempt<T>(act: () => T): T | undefined {
  try {
    return act();
  } catch (cause) {
    if (cause instanceof CaseError) return undefined;
    throw cause;
  }
}
