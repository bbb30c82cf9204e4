/**
 * Tells a promise from what is there already.
 *
 * Not by its class: a case that runs in this process may put another in place
 * of that for a while.
 *
 * @param value Either.
 * @returns Whether it has to be waited for.
 */
export function isPromised<T>(value: T | Promise<T>): value is Promise<T> {
  return typeof value === "object" && value !== null && "then" in value;
}
