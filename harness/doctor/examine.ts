/**
 * What this machine can do, asked one thing at a time.
 *
 * @module
 */

/** What became of a question. */
export type FindingState =
  /** It is there, and works. */
  | "ok"
  /** It is not there. */
  | "missing"
  /** It is there, and does not work. */
  | "broken";

/** An answer. */
export interface Answer {
  /** What became of the question. */
  readonly state: FindingState;
  /** What was found, in words. */
  readonly fact: string;
  /** What to install or to change, unless all is well. */
  readonly remedy?: string;
}

/** One question to the machine. */
export interface Probe {
  /** What is asked about. */
  readonly name: string;
  /**
   * What cannot go without it. One good answer is enough for all probes that
   * say the same. Nothing if it can be gone without.
   */
  readonly need?: string;
  /** Asks. */
  readonly ask: () => Answer | Promise<Answer>;
}

/** A question and its answer. */
export interface Finding extends Answer {
  /** What was asked about. */
  readonly name: string;
  /** What cannot go without it; nothing if it can be gone without. */
  readonly need?: string;
}

/** The longest that one question may take, in milliseconds. */
export const PROBE_TIMEOUT_MS = 15_000;

/**
 * Asks all questions at once.
 *
 * @param probes The questions.
 * @param timeoutMs Milliseconds each of them may take.
 * @returns The answers, in the order of the questions. What is thrown, and what
 * takes too long, is an answer, too.
 *
 * @example Usage
 * ```ts
 * import { examine } from "./examine.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const [finding] = await examine([
 *   { name: "sky", ask: () => ({ state: "ok", fact: "blue" }) },
 * ]);
 * assertEquals(finding, { name: "sky", state: "ok", fact: "blue" });
 * ```
 */
export function examine(
  probes: readonly Probe[],
  timeoutMs: number = PROBE_TIMEOUT_MS,
): Promise<readonly Finding[]> {
  return Promise.all(probes.map(async ({ name, need, ask }) => ({
    name,
    ...(need === undefined ? {} : { need }),
    ...await answerOf(ask, timeoutMs),
  })));
}

/**
 * What is needed and not there.
 *
 * @param findings The answers.
 * @returns What cannot go on like this, each once, in the order of the
 * answers; empty if all that is needed is there.
 *
 * @example One of two is enough
 * ```ts
 * import { unmet } from "./examine.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const docker = { name: "docker", need: "an engine", fact: "" } as const;
 * const podman = { ...docker, name: "podman" };
 * const missing = { state: "missing" } as const;
 * const findings = [{ ...docker, ...missing }, { ...podman, ...missing }];
 * assertEquals(unmet(findings), ["an engine"]);
 * assertEquals(unmet([...findings, { ...docker, state: "ok" }]), []);
 * ```
 */
export function unmet(findings: readonly Finding[]): readonly string[] {
  const needs = new Set(findings.flatMap(({ need }) => need ?? []));
  const met = new Set(
    findings.filter(({ state }) => state === "ok").map(({ need }) => need),
  );
  return [...needs].filter((need) => !met.has(need));
}

async function answerOf(
  ask: Probe["ask"],
  timeoutMs: number,
): Promise<Answer> {
  const { promise, resolve } = Promise.withResolvers<Answer>();
  const timer = setTimeout(
    () =>
      resolve({
        state: "broken",
        fact: `no answer within ${timeoutMs / 1000} seconds`,
        remedy: "Try it by itself",
      }),
    timeoutMs,
  );
  try {
    return await Promise.race([Promise.try(ask), promise]);
  } catch (error) {
    const fact = error instanceof Error ? error.message : String(error);
    return { state: "broken", fact };
  } finally {
    clearTimeout(timer);
  }
}
