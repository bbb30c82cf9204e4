/**
 * The clauses of the runner platform contract: the ids that checks cite.
 *
 * `docs/contract.md` explains each; a tool holds the two together.
 *
 * @module
 */

/** How binding a clause is. */
export type ClauseKind = "must" | "must not" | "may" | "policy";

/** One rule of the contract. */
export interface Clause {
  /** The id that cases carry among their tags. */
  readonly id: string;
  /** How binding it is. A `policy` binds the project, not an image. */
  readonly kind: ClauseKind;
  /** The rule in short. */
  readonly rule: string;
}

const CLAUSE_ROWS: readonly (readonly [string, ClauseKind, string])[] = [
  ["RP-ENTRY-1", "must", "runner is the single entrypoint"],
  ["RP-INVOKE-1", "must", "every command is invoked explicitly"],
  ["RP-INVOKE-2", "must not", "no command is executed implicitly"],
  ["RP-FAIL-1", "must", "an unsupported command fails"],
  ["RP-FAIL-2", "must", "a failure has a non-zero exit code"],
  ["RP-FAIL-3", "must not", "nothing is guessed, forwarded or fallen back to"],
  ["RP-CORE-1", "must", "help lists the available commands"],
  ["RP-CORE-2", "must", "about shows the image identity"],
  ["RP-CORE-3", "must", "info shows runtime and plugins"],
  ["RP-CORE-4", "must", "exec executes a system command"],
  ["RP-CORE-5", "must", "shell starts an interactive shell"],
  ["RP-CORE-6", "must", "version shows tool versions"],
  [
    "RP-CORE-7",
    "policy",
    "changes of core commands follow semantic versioning",
  ],
  ["RP-SYSTEM-1", "must not", "system commands are not executed implicitly"],
  ["RP-SYSTEM-2", "must", "exec is the only way to a system command"],
  ["RP-PLUGIN-1", "must", "plugins are discovered in one directory only"],
  ["RP-PLUGIN-2", "must", "plugins are invoked by explicit name only"],
  ["RP-PLUGIN-3", "must not", "plugins are never executed on their own"],
  ["RP-PLUGIN-4", "must not", "plugins do not override core commands"],
  ["RP-PLUGIN-5", "must", "on a conflict of names the core command wins"],
  ["RP-BASE-1", "must", "the plugin directory exists"],
  ["RP-BASE-2", "must", "the base image has no plugins"],
  ["RP-BASE-3", "must not", "the base image has no domain tooling"],
  ["RP-IDENTITY-1", "must", "the identity file exists"],
  ["RP-IDENTITY-2", "must", "the identity file is not empty"],
  ["RP-IDENTITY-3", "must", "the identity file is readable"],
  [
    "RP-IDENTITY-4",
    "must",
    "the identity is immutable, human-readable metadata",
  ],
  ["RP-IDENTITY-5", "must", "the three required keys are present"],
  ["RP-IDENTITY-6", "may", "further keys are allowed"],
  ["RP-IDENTITY-7", "must", "about exposes the identity"],
  ["RP-USER-1", "must", "the user is not root"],
  ["RP-USER-2", "must", "no privilege is gained implicitly"],
  ["RP-USER-3", "must", "a shell needs explicit intent"],
  ["RP-SHELL-1", "must", "a shell is available through shell only"],
  ["RP-SHELL-2", "must not", "shell does not serve automation"],
  ["RP-DOMAIN-1", "may", "a derived image adds plugins"],
  ["RP-DOMAIN-2", "may", "a derived image adds tools"],
  ["RP-DOMAIN-3", "may", "a derived image extends info"],
  [
    "RP-DOMAIN-4",
    "must not",
    "a derived image does not change the execution model",
  ],
  [
    "RP-DOMAIN-5",
    "must not",
    "a derived image does not remove or alter core commands",
  ],
  [
    "RP-DOMAIN-6",
    "must not",
    "a derived image introduces no implicit behavior",
  ],
  [
    "RP-DOMAIN-7",
    "must not",
    "a derived image does not weaken the non-root rule",
  ],
  ["RP-CHANGE-1", "policy", "a change shows in contract, changelog and tests"],
];

/**
 * Every clause, in the order of the contract.
 *
 * @example Usage
 * ```ts
 * import { CLAUSES } from "./clauses.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(CLAUSES[0]?.id, "RP-ENTRY-1");
 * ```
 */
export const CLAUSES: readonly Clause[] = CLAUSE_ROWS.map(
  ([id, kind, rule]) => ({ id, kind, rule }),
);
