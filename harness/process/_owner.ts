/**
 * Whom running code belongs to.
 *
 * Code that an act has started is known as its own wherever it goes on: in
 * timers, behind promises, in callbacks. So what is left of one case cannot
 * pass for the next, and the tools themselves are never taken for a case.
 *
 * @module
 */

import { AsyncLocalStorage } from "node:async_hooks";
import type { Session } from "./_session.ts";

const guests: AsyncLocalStorage<Session> = new AsyncLocalStorage();
let current: Session | undefined;

/** The act that started the running code, known for certain. */
export function guest(): Session | undefined {
  return guests.getStore();
}

/**
 * The act the running code most likely belongs to: a few callbacks of the
 * runtime, such as those of a server, do not know who started them.
 */
export function owner(): Session | undefined {
  return guest() ?? current;
}

/** Runs what an act does; an act inside another one belongs to itself. */
export async function runAs<T>(
  session: Session,
  act: () => Promise<T>,
): Promise<T> {
  const outer = current;
  current = session;
  try {
    return await guests.run(session, act);
  } finally {
    current = outer;
  }
}
