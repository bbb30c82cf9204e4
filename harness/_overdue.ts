/** A case that does not end holds up nobody. */

import { isPromised } from "./_promised.ts";
import { clearTimeout, setTimeout } from "./_timers.ts";
import { blamed, mistake } from "./_type_mistake.ts";

// Types end their cases themselves, and may need a moment for it.
const GRACE_MS = 10_000;
const MAX_TIMER_MS = 2 ** 31 - 1;

const waiting = new Set<ReturnType<typeof setTimeout>>();

/** How long a case may take. */
export interface TimeLimit {
  /** The name of its type. */
  readonly type: string;
  /** How long the type lets it run. */
  readonly timeoutMs: number;
  /** How much longer it may take to stop. */
  readonly graceMs?: number;
}

/**
 * Runs a case, and gives it up long after it should have ended.
 *
 * @param run Runs it.
 * @param limit How long it may take.
 * @returns Nothing if it has ended; a promise of that if it waits for something.
 * @throws {CaseError} What it throws, told in the name of the type; `runtime`
 * if it does not end.
 */
export function inTime(
  run: () => void | Promise<void>,
  limit: TimeLimit,
): void | Promise<void> {
  const { type } = limit;
  const work = blamed(type, "run()", run);
  // What waits for nothing has ended: no timer could have rung meanwhile.
  return isPromised(work) ? watched(work, limit) : undefined;
}

async function watched(
  work: Promise<void>,
  { type, timeoutMs, graceMs = GRACE_MS }: TimeLimit,
): Promise<void> {
  const overdue = Promise.withResolvers<never>();
  const what = `did not end within ${timeoutMs} ms, nor soon after: ` +
    "run() has to stop by itself when context.timeoutMs is over";
  const timer = setTimeout(
    () => overdue.reject(mistake(type, what)),
    Math.min(timeoutMs + graceMs, MAX_TIMER_MS),
  );
  waiting.add(timer);
  try {
    await Promise.race([work, overdue.promise]);
  } finally {
    clearTimeout(timer);
    waiting.delete(timer);
  }
}

/** Gives up no case any more: the run is over, and some of its cases are not. */
export function stopWaiting(): void {
  for (const timer of waiting) clearTimeout(timer);
  waiting.clear();
}
