/**
 * What has changed since a revision, as git tells it.
 *
 * @module
 */

import type { Host } from "../host/host.ts";
import { printable, quoted } from "../text/printable.ts";
import { CaseError } from "./case_error.ts";
import { runCommand } from "./process/command.ts";
import { decodeOutput, type Outcome } from "./process/outcome.ts";
import { UsageError } from "./usage_error.ts";

/** The files that have changed. */
export interface ChangedFiles {
  /** Since when, for messages: the revision as it was given. */
  readonly since: string;
  /** The folder of the repository, absolute and without symbolic links. */
  readonly root: string;
  /** The files, absolute; also those that are gone. */
  readonly files: ReadonlySet<string>;
}

/** The part of the machine that git is called on. */
export type GitHost = Pick<
  Host,
  "cwd" | "env" | "environment" | "start" | "stat"
>;

const GIT_TIMEOUT_MS = 60_000;

/**
 * Asks git which files have changed.
 *
 * Compared is what lies in the working tree with the commit at which HEAD left
 * the revision: what others did there since is no change here. Files that git
 * does not know count, those that it is to ignore do not.
 *
 * @param revision A commit, branch or tag. `HEAD` for what is not committed.
 * @param host The machine; its working directory is in the repository.
 * @returns The files.
 * @throws {UsageError} If there is no git, no repository, no such revision, or
 * no history that it has in common with HEAD.
 *
 * @example A machine without git
 * ```ts
 * import { changedFiles } from "./changed.ts";
 * import { MemoryHost } from "../host/memory_host.ts";
 * import { assertRejects } from "@std/assert";
 *
 * await assertRejects(
 *   () => changedFiles("HEAD", new MemoryHost()),
 *   Error,
 *   "there is no such program",
 * );
 * ```
 */
export async function changedFiles(
  revision: string,
  host: GitHost,
): Promise<ChangedFiles> {
  const git = new Git(revision, host);
  const root = await git.root();
  const base = await git.base();
  const lists = await Promise.all([
    git.names(root, ["diff", "--name-only", "--no-renames", "-z", base, "--"]),
    git.names(root, ["ls-files", "--others", "--exclude-standard", "-z"]),
  ]);
  // A repository inside of this one is a folder here.
  const files = lists.flat().map((name) =>
    `${root}/${name.replace(/\/$/, "")}`
  );
  return { since: revision, root, files: new Set(files) };
}

class Git {
  readonly #revision: string;
  readonly #host: GitHost;

  constructor(revision: string, host: GitHost) {
    this.#revision = revision;
    this.#host = host;
  }

  async root(): Promise<string> {
    const outcome = await this.#run(["rev-parse", "--show-toplevel"]);
    if (outcome.exitCode === 0) return firstLine(outcome.stdout);
    throw this.#failure(
      saidBy(outcome),
      "Run it in a git repository, or leave --changed out",
    );
  }

  async base(): Promise<string> {
    // What looks like a flag is no revision.
    if (this.#revision.startsWith("-")) throw this.#unknown();
    const outcome = await this.#run(["merge-base", this.#revision, "HEAD"]);
    const base = firstLine(outcome.stdout);
    if (outcome.exitCode === 0 && base !== "") return base;
    if (outcome.exitCode !== 1) throw this.#unknown();
    throw this.#failure(
      "it has no history in common with HEAD",
      "A shallow clone, as CI systems make it, lacks it: git fetch --unshallow",
    );
  }

  async names(root: string, words: readonly string[]): Promise<string[]> {
    const outcome = await this.#run(["-C", root, ...words]);
    if (outcome.exitCode !== 0) {
      throw this.#failure(saidBy(outcome), `Try it: git ${words[0]}`);
    }
    return decodeOutput(outcome.stdout).split("\0").filter((name) =>
      name !== ""
    );
  }

  async #run(words: readonly string[]): Promise<Outcome> {
    const request = {
      argv: ["git", ...words],
      env: { ...this.#host.environment(), "GIT_OPTIONAL_LOCKS": "0" },
      searchPath: this.#host.env("PATH") ?? "",
      stdin: new Uint8Array(),
    };
    try {
      return await runCommand(
        request,
        { timeoutMs: GIT_TIMEOUT_MS },
        this.#host,
      );
    } catch (error) {
      if (!(error instanceof CaseError)) throw error;
      const remedy = "Install git, or leave --changed out";
      throw this.#failure(error.message, remedy);
    }
  }

  #unknown(): UsageError {
    return this.#failure(
      "git knows no such revision",
      "A clone for CI has one branch only: git fetch origin BRANCH",
    );
  }

  #failure(reason: string, remedy: string): UsageError {
    return new UsageError(
      `Cannot tell what has changed since ${quoted(this.#revision)}: ${reason}`,
      { remedy },
    );
  }
}

function firstLine(bytes: Uint8Array): string {
  return decodeOutput(bytes).split("\n")[0] ?? "";
}

const MOST_WORDS = 500;

function saidBy({ stderr, exitCode }: Outcome): string {
  const said = printable(firstLine(stderr));
  return said === ""
    ? `git ended with exit code ${exitCode}`
    : `git said ${said.slice(0, MOST_WORDS)}`;
}
