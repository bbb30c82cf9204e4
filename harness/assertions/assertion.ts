/**
 * The one form of an assertion: a tree over compiled expressions.
 *
 * @module
 */

import type { KeyPath } from "../case.ts";
import type { Json } from "../json.ts";
import type { CompiledExpression } from "../spec_lang/compile.ts";
import type { OperatorName } from "../types/harness_type.ts";

/** How many of a group's branches must hold: all, at least one, none. */
export type GroupMode = "must" | "can" | "cannot";

/** One value of one operator. */
export interface Check {
  /** The operator. */
  readonly operator: OperatorName;
  /** The value as written. */
  readonly value: Json;
  /** What the two stand for, as an expression. */
  readonly meaning: Json;
  /** The same, ready to be evaluated. */
  readonly expression: CompiledExpression;
  /** Where the value stands. */
  readonly keyPath: KeyPath;
}

/** Checks on one target, all of which must hold. */
export interface Leaf {
  /** Tells it from a group. */
  readonly kind: "leaf";
  /** Where it stands. */
  readonly keyPath: KeyPath;
  /** What it looks at. */
  readonly target: string;
  /** The checks, in the order written. */
  readonly checks: readonly Check[];
}

/** Branches, and how many of them must hold. */
export interface Group {
  /** Tells it from a leaf. */
  readonly kind: "group";
  /** Where it stands. */
  readonly keyPath: KeyPath;
  /** How many must hold. */
  readonly mode: GroupMode;
  /** The target in force below it, if any is set. */
  readonly target: string | undefined;
  /** The branches, in the order written. */
  readonly branches: readonly Assertion[];
}

/** An assertion tree, completely checked. */
export type Assertion = Leaf | Group;
