import { assert, assertEquals, assertRejects } from "@std/assert";
import process from "node:process";
import { CaseError } from "../case_error.ts";
import { call, encode, request, sleep } from "./_call_testing.ts";
import { callInProcess, stopAllCalls } from "./in_process.ts";

const OBJECTS: Readonly<Record<string, object>> = {
  globalThis,
  console,
  Deno,
  "Deno.env": Deno.env,
  "Deno.stdin": Deno.stdin,
  "Deno.stdout": Deno.stdout,
  "Deno.stderr": Deno.stderr,
  process,
  "process.stdout": process.stdout,
  "process.stderr": process.stderr,
  "Array.prototype": Array.prototype,
  Date,
  Math,
};

/** All that a call may change, by name, as it is now. */
function machine(): Map<string, unknown> {
  const found = new Map<string, unknown>([
    ["Deno.cwd()", Deno.cwd()],
    ["Deno.exitCode", Deno.exitCode],
    ["process.exitCode", process.exitCode],
    ["process.title", process.title],
    ["process.argv[…]", process.argv.join("\n")],
    ["onerror", globalThis.onerror],
    ["onunhandledrejection", globalThis.onunhandledrejection],
    ["process.stdout", process.stdout],
  ]);
  for (const [name, value] of Object.entries(Deno.env.toObject())) {
    found.set(`variable ${name}`, value);
  }
  for (const event of process.eventNames()) {
    for (const [index, listener] of process.rawListeners(event).entries()) {
      found.set(`listener ${index} of ${String(event)}`, listener);
    }
  }
  for (const [name, object] of Object.entries(OBJECTS)) {
    for (const key of Reflect.ownKeys(object)) {
      const details = Object.getOwnPropertyDescriptor(object, key) ?? {};
      for (const [detail, value] of Object.entries(details)) {
        found.set(`${name}.${String(key)} ${detail}`, value);
      }
    }
  }
  return found;
}

/** What is no longer as it was, by name. */
function changed(before: ReadonlyMap<string, unknown>): string[] {
  const after = machine();
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter((name) => !Object.is(before.get(name), after.get(name)));
}

function set(object: object, key: string, value: unknown): void {
  assert(Reflect.set(object, key, value), key);
}

/** Everything a program can do to a process that a value can undo. */
function spoil(): void {
  Deno.env.set("SPOILED", "1");
  Deno.env.delete("PATH");
  Deno.chdir("/");
  Deno.exitCode = 9;
  process.exitCode = 8;
  set(globalThis, "added", 1);
  set(globalThis, "fetch", 1);
  set(globalThis, "setTimeout", 1);
  set(globalThis, "clearTimeout", 1);
  Reflect.deleteProperty(globalThis, "atob");
  set(globalThis, "onerror", () => {});
  set(globalThis, "onunhandledrejection", () => {});
  set(console, "log", 1);
  set(console, "added", 1);
  set(Deno, "readTextFile", 1);
  set(Deno.env, "get", 1);
  set(Deno.stdout, "writeSync", 1);
  set(process, "stdout", 1);
  set(process, "stdin", 1);
  set(process, "argv", 1);
  set(process, "env", {});
  set(process, "title", "spoiled");
  set(Date, "now", 1);
  set(Math, "random", 1);
  set(Array.prototype, "added", 1);
  process.removeAllListeners("warning");
  process.on("warning", () => {});
  process.once("exit", () => {});
  process.on("SIGUSR2", () => {});
  Deno.addSignalListener("SIGUSR2", () => {});
  globalThis.addEventListener("unload", () => {});
}

const ENDINGS: Readonly<Record<string, () => unknown>> = {
  returns: () => 0,
  "returns what is no exit code": () => "no code",
  throws: () => {
    throw new Error("no");
  },
  rejects: () => Promise.reject(new Error("no")),
  exits: () => Deno.exit(3),
  "exits as Node does": () => process.exit(4),
  "exits later": () => Promise.resolve().then(() => process.exit(5)),
  "never ends": () => new Promise(() => {}),
  "is interrupted": () => new Promise(() => stopAllCalls()),
  "throws where nobody waits": () => {
    queueMicrotask(() => {
      throw new Error("stray");
    });
    return new Promise(() => {});
  },
  "rejects where nobody waits": () => {
    void Promise.reject(new Error("stray"));
    return new Promise(() => {});
  },
};

/** Of the endings that are none of the harness's making. */
const CODES: Readonly<Record<string, number>> = {
  returns: 0,
  exits: 3,
  "exits as Node does": 4,
  "exits later": 5,
};

for (const [how, end] of Object.entries(ENDINGS)) {
  Deno.test(`callInProcess() puts everything back after a call that ${how}`, async () => {
    const before = machine();
    const main = () => {
      spoil();
      return end();
    };
    const timeoutMs = how === "never ends" ? 20 : 5000;
    const ending = await call(main, { timeoutMs }).catch(() => undefined);
    assertEquals(changed(before), []);
    assertEquals(ending?.code, CODES[how]);
  });
}

Deno.test("callInProcess() puts everything back when there is nothing to call", async () => {
  const before = machine();
  for (const change of [{ specifier: "none" }, { attr: ["none"] }]) {
    await assertRejects(() => call(() => 0, change), CaseError);
    assertEquals(changed(before), []);
  }
});

Deno.test("callInProcess() takes away the listeners of a call, and those only", async () => {
  const heard: string[] = [];
  const listener = (who: string) => () => void heard.push(who);
  const mine = listener("mine");
  globalThis.addEventListener("some", mine);
  process.on("some", mine);
  await call(() => {
    globalThis.addEventListener("some", listener("call"));
    globalThis.addEventListener("some", listener("call"), { capture: true });
    process.once("some", listener("call"));
    process.on("some", listener("call"));
    process.off("some", mine);
  });
  globalThis.dispatchEvent(new Event("some"));
  process.emit("some" as "exit", 0);
  globalThis.removeEventListener("some", mine);
  process.off("some", mine);
  assertEquals(heard, ["mine", "mine"]);
});

Deno.test("callInProcess() stops the timers of a call, and nobody else's", async () => {
  const fired: string[] = [];
  const note = (what: string) => () => void fired.push(what);
  const mine = Promise.withResolvers<void>();
  await call(async () => {
    setTimeout(note("timeout"), 1);
    setInterval(note("interval"), 1);
    await new Promise((go) => setImmediate(go));
    setImmediate(note("immediate"));
    fired.length = 0;
  });
  const begun = Promise.withResolvers<void>();
  const next = call(() => {
    begun.resolve();
    return sleep(5);
  });
  await begun.promise;
  setTimeout(mine.resolve, 10);
  await next;
  await mine.promise;
  assertEquals(fired, []);
});

Deno.test("what is left of a call writes neither into the next nor out", async () => {
  const next = Promise.withResolvers<void>();
  const written = Promise.withResolvers<void>();
  let exit: unknown;
  await call(() => {
    void next.promise.then(() => {
      console.log("ghost");
      Deno.stdout.writeSync(encode("ghost"));
      process.stderr.write("ghost");
      setTimeout(() => written.reject(new Error("ghost timer")));
      try {
        Deno.exit(9);
      } catch (error) {
        exit = error;
      }
    });
  });
  const outcome = await call(async () => {
    next.resolve();
    console.log("alive");
    await sleep(10);
    written.resolve();
  });
  await written.promise;
  assertEquals(outcome, { code: 0, stdout: "alive\n", stderr: "" });
  assertEquals(String(exit), "Exit: exit(9) was called");
});

Deno.test("what is left of a call does not fail the next", async () => {
  const next = Promise.withResolvers<void>();
  await call(() => {
    void next.promise.then(() => {
      throw new Error("ghost");
    });
  });
  const outcome = await call(async () => {
    next.resolve();
    await sleep(5);
  });
  assertEquals(outcome.code, 0);
});

Deno.test("what is left of a call does not end the tools", async () => {
  const later = Promise.withResolvers<void>();
  await call(() => {
    void later.promise.then(() => {
      throw new Error("ghost");
    });
    void later.promise.then(() => reportError(new Error("ghost")));
  });
  later.resolve();
  await sleep(1);
});

Deno.test("callInProcess() keeps what the load of a module adds to the language", async () => {
  const loads = {
    importModule: () => {
      set(globalThis, "polyfill", 1);
      set(Date, "polyfill", 2);
      const main = () => {
        set(globalThis, "polyfill", 3);
        return Reflect.get(Date, "polyfill");
      };
      return Promise.resolve({ main });
    },
  };
  const { exitCode } = await callInProcess(request(), loads);
  assertEquals(exitCode, 2);
  const left = [globalThis, Date].map((one) => Reflect.get(one, "polyfill"));
  for (const one of [globalThis, Date]) Reflect.deleteProperty(one, "polyfill");
  assertEquals(left, [1, 2]);
});

Deno.test("callInProcess() puts back what the load of a module puts in the place of a timer", async () => {
  const before = setTimeout;
  const importModule = () => {
    set(globalThis, "setTimeout", 1);
    return Promise.resolve({ main: () => 0 });
  };
  await callInProcess(request(), { importModule });
  assertEquals(setTimeout, before);
});

Deno.test("callInProcess() fails a call that makes a change for good", async () => {
  const key = "madeForGood";
  const fix = () => void Object.defineProperty(Math, key, { value: 1 });
  const error = await assertRejects(() => call(fix), CaseError);
  assertEquals(
    error.message,
    `Cannot put back "Math.${key}": the case has made it permanent`,
  );
});
