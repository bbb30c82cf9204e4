/**
 * Measuring in pairs: every variant once in each round, so that whatever else
 * the machine does falls on all of them alike.
 *
 * @module
 */

/** Something whose time is taken. */
export interface Variant {
  /** How the table names it. */
  readonly name: string;
  /** Does it once. */
  readonly run: () => void | Promise<void>;
}

/** The times of one variant. */
export interface Timing {
  /** How the table names it. */
  readonly name: string;
  /** The middle of its times, in milliseconds. */
  readonly medianMs: number;
  /** The middle of its ratios to the first variant of the same round. */
  readonly ratio: number;
}

/**
 * Times variants against the first one.
 *
 * @param variants The baseline, then what is compared with it.
 * @param rounds How often each is run, after one round that does not count.
 * @returns A timing for each, in order.
 */
export async function measure(
  variants: readonly Variant[],
  rounds: number,
): Promise<Timing[]> {
  const times = variants.map((): number[] => []);
  for (let round = -1; round < rounds; round++) {
    for (const [index, { run }] of variants.entries()) {
      const start = performance.now();
      await run();
      if (round >= 0) times[index]?.push(performance.now() - start);
    }
  }
  const [baseline = []] = times;
  return variants.map(({ name }, index) => {
    const own = times[index] ?? [];
    return {
      name,
      medianMs: median(own),
      ratio: median(own.map((time, round) => time / (baseline[round] ?? time))),
    };
  });
}

/** The middle of some numbers. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? NaN;
  return sorted.length % 2 === 1
    ? upper
    : ((sorted[middle - 1] ?? NaN) + upper) / 2;
}

/** A Markdown table of timings. */
export function timingTable(timings: readonly Timing[]): string {
  const rows = timings.map(({ name, medianMs, ratio }) =>
    `| ${name} | ${medianMs.toFixed(1)} ms | ${ratio.toFixed(2)} |`
  );
  return [
    "| what | median | ratio to the first row |",
    "| --- | --- | --- |",
    ...rows,
  ].join("\n") + "\n";
}
