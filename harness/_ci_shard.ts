/** Which part of a suite is meant, as CI systems and clusters tell a job. */

import { quoted } from "../text/printable.ts";
import { UsageError } from "./usage_error.ts";

/** Where a system puts it. */
interface System {
  readonly name: string;
  readonly index: string;
  /** Not every system tells how many there are. */
  readonly total: string | undefined;
  /** What the first index is. */
  readonly first: 0 | 1;
}

// Source: the pages of each system about its predefined variables.
const SYSTEMS: readonly System[] = [
  {
    name: "GitLab",
    index: "CI_NODE_INDEX",
    total: "CI_NODE_TOTAL",
    first: 1,
  },
  {
    name: "CircleCI",
    index: "CIRCLE_NODE_INDEX",
    total: "CIRCLE_NODE_TOTAL",
    first: 0,
  },
  {
    name: "Buildkite",
    index: "BUILDKITE_PARALLEL_JOB",
    total: "BUILDKITE_PARALLEL_JOB_COUNT",
    first: 0,
  },
  {
    name: "Kubernetes",
    index: "JOB_COMPLETION_INDEX",
    total: undefined,
    first: 0,
  },
];

interface Told {
  readonly index: number;
  readonly total: number;
  /** The variables, as they stand. */
  readonly from: string;
}

/**
 * Reads which part is meant from the environment.
 *
 * @param env Reads a variable.
 * @param total How many parts there are, if the caller knows.
 * @returns The part, counted from 1.
 * @throws {UsageError} If no system tells, tells half of it, or two disagree.
 */
export function ciShard(
  env: (name: string) => string | undefined,
  total: number | undefined,
): { readonly index: number; readonly total: number } {
  const told = SYSTEMS.flatMap((system) => ask(system, env, total));
  const [first, ...others] = told;
  if (first === undefined) throw nobody();
  const { index, total: of } = first;
  const other = others.find((one) => one.index !== index || one.total !== of);
  if (other !== undefined) {
    throw refusal(
      `${first.from} is shard ${index}/${of}, but ${other.from} is shard ${other.index}/${other.total}`,
    );
  }
  if (total !== undefined && of !== total) {
    throw refusal(`auto/${total} was asked for, but ${first.from} says ${of}`);
  }
  return { index, total: of };
}

function ask(
  { name, index, total, first }: System,
  env: (name: string) => string | undefined,
  known: number | undefined,
): Told[] {
  const given = variable(index, env);
  const of = total === undefined ? undefined : variable(total, env);
  if (given === undefined) {
    // GitLab sets the total of a job that is not parallel, too.
    if (total === undefined || of === undefined) return [];
    if (of === 1) return [{ index: 1, total: 1, from: `${total}=1` }];
    throw refusal(`${total}=${of} is set, but ${index} is not`);
  }
  const from = `${index}=${given}`;
  const count = of ?? (total === undefined ? known : undefined);
  if (count === undefined) {
    throw total === undefined
      ? refusal(
        `${name} tells with ${from} which shard this is, not of how many`,
        "Write how many completions the Job has: --shard auto/7",
      )
      : refusal(`${from} is set, but ${total} is not`);
  }
  const told = total === undefined ? from : `${from} with ${total}=${count}`;
  const number = given - first + 1;
  if (number >= 1 && number <= count) {
    return [{ index: number, total: count, from: told }];
  }
  throw refusal(
    `${told} is outside of ${first} to ${count - 1 + first}`,
  );
}

function variable(
  name: string,
  env: (name: string) => string | undefined,
): number | undefined {
  const value = env(name) ?? "";
  if (value === "") return undefined;
  if (/^[0-9]{1,4}$/.test(value)) return Number(value);
  throw refusal(`${name} is ${quoted(value)}, which is no number of a shard`);
}

function nobody(): UsageError {
  const names = SYSTEMS.map(({ name, index }) => `${index} (${name})`);
  return refusal(`none of these is set: ${names.join(", ")}`);
}

function refusal(
  reason: string,
  remedy = "Write which shard it is: --shard 3/7",
): UsageError {
  return new UsageError(`Cannot tell the shard by --shard auto: ${reason}`, {
    remedy,
  });
}
