/**
 * What an act leaves behind in this process: timers and listeners. It is taken
 * away when its case is over.
 *
 * @module
 */

import { guest } from "./_owner.ts";
import type { Session } from "./_session.ts";
import { type Answer, answerMethod, type Method } from "./_stand_ins.ts";

const { setTimeout, setInterval, setImmediate } = globalThis;
const { clearTimeout, clearImmediate } = globalThis;
const { reportError } = globalThis;
const { addSignalListener, removeSignalListener } = Deno;

/** How to take things away again, by what they are known by. */
type Traces = Map<unknown, () => void>;

const traces: WeakMap<Session, Traces> = new WeakMap();

/** Begins to note what acts leave behind. */
export function noteTraces(): void {
  for (const [key, answer] of Object.entries(TIMERS)) {
    answerMethod(globalThis, key, answer, guest);
  }
  answerMethod(globalThis, "addEventListener", addListener, guest);
  answerMethod(Deno, "addSignalListener", addSignal, guest);
}

/** Takes away what an act has left behind; what it adds later is not kept. */
export function removeTraces(session: Session): void {
  session.isOver = true;
  for (const remove of traces.get(session)?.values() ?? []) remove();
  traces.delete(session);
}

// What the load of a module starts is the module's, for all cases.
function note(session: Session, key: unknown, remove: () => void): void {
  if (session.options.role === "load") return;
  if (session.isOver) return remove();
  const known = traces.get(session) ?? new Map<unknown, () => void>();
  traces.set(session, known.set(key, remove));
}

type Callback = (...args: unknown[]) => unknown;

/**
 * A callback whose errors are known as those of whoever set the timer; a timer
 * that fires once is no longer noted then.
 */
function wrap(callback: Callback, fired = () => {}): Callback {
  if (typeof callback !== "function") return callback;
  return function (this: unknown, ...args: unknown[]) {
    fired();
    try {
      Reflect.apply(callback, this, args);
    } catch (error) {
      reportError(error);
    }
  };
}

const TIMERS: Readonly<Record<string, Answer<Method>>> = {
  setTimeout: (session) => (callback: Callback, ...rest: number[]) => {
    const fired = () => void traces.get(session)?.delete(handle);
    const handle = setTimeout(wrap(callback, fired), ...rest);
    note(session, handle, () => clearTimeout(handle));
    return handle;
  },
  setInterval: (session) => (callback: Callback, ...rest: number[]) => {
    const handle = setInterval(wrap(callback), ...rest);
    note(session, handle, () => clearTimeout(handle));
    return handle;
  },
  setImmediate: (session) => (callback: Callback, ...rest: unknown[]) => {
    const fired = () => void traces.get(session)?.delete(handle);
    const handle = setImmediate(wrap(callback, fired), ...rest);
    note(session, handle, () => clearImmediate(handle));
    return handle;
  },
};

type ListenerArguments = Parameters<typeof globalThis.addEventListener>;

function addListener(session: Session): Method {
  return (...args: ListenerArguments) => {
    EventTarget.prototype.addEventListener.apply(globalThis, args);
    const [type, listener, options] = args;
    note(session, {}, () => {
      EventTarget.prototype.removeEventListener
        .call(globalThis, type, listener, options);
    });
  };
}

type SignalArguments = Parameters<typeof Deno.addSignalListener>;

function addSignal(session: Session): Method {
  return (...args: SignalArguments) => {
    addSignalListener(...args);
    note(session, {}, () => removeSignalListener(...args));
  };
}
