/**
 * The C library: what the runtime has no function for.
 *
 * The addresses are looked up once and called through pointers. Opened the
 * usual way, the library would cost a compiled stub for every function: four
 * milliseconds on the start-up path of every container.
 *
 * @module
 */

import { HostError } from "./host.ts";

const LIBRARY = "libc.so.6";

const UID = { parameters: [], result: "u32" } as const;

/** Each of these is looked up at every start. */
const FUNCTIONS = {
  __errno_location: { parameters: [], result: "pointer" },
  execve: { parameters: ["pointer", "buffer", "pointer"], result: "i32" },
  getegid: UID,
  geteuid: UID,
  getgid: UID,
  getrlimit: { parameters: ["i32", "buffer"], result: "i32" },
  getuid: UID,
  setrlimit: { parameters: ["i32", "buffer"], result: "i32" },
  signal: { parameters: ["i32", "usize"], result: "usize" },
} as const;

const FILE_FUNCTIONS = {
  close: { parameters: ["i32"], result: "i32" },
  faccessat: { parameters: ["i32", "buffer", "i32", "i32"], result: "i32" },
  fchdir: { parameters: ["i32"], result: "i32" },
  fcntl: { parameters: ["i32", "i32", "i32"], result: "i32" },
  write: { parameters: ["i32", "buffer", "usize"], result: "isize" },
} as const;

/** Functions, each called with plain numbers, buffers and pointers. */
export type Bound<F extends Record<string, Deno.ForeignFunction>> = {
  readonly [N in keyof F]: Deno.UnsafeFnPointer<F[N]>["call"];
};

/** The functions about this process. */
export type Libc = Bound<typeof FUNCTIONS>;

/** The functions about files and descriptors. */
export type FileLibc = Bound<typeof FILE_FUNCTIONS>;

let opened: Libc | undefined;
let openedForFiles: FileLibc | undefined;

/**
 * Opens the C library, the first time it is asked for, for what every start
 * needs: the functions about this process.
 *
 * A bare name is not looked for in the working directory, and the library is
 * loaded already: it cannot be another one.
 *
 * @returns Its functions.
 * @throws {HostError} `EACCES` if this process may not, `ELIBBAD` if it is not
 * there.
 *
 * @example Usage
 * ```ts
 * import { libc } from "./libc.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(libc().getuid(), Deno.uid());
 * ```
 */
export function libc(): Libc {
  return opened ??= bind(FUNCTIONS);
}

/**
 * Opens the C library, the first time it is asked for, for the functions about
 * files and descriptors.
 *
 * @returns Its functions.
 * @throws {HostError} As {@linkcode libc}.
 *
 * @example Usage
 * ```ts
 * import { fileLibc } from "./libc.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(fileLibc().close(-1), -1);
 * ```
 */
export function fileLibc(): FileLibc {
  return openedForFiles ??= bind(FILE_FUNCTIONS);
}

/**
 * Looks up functions of the C library.
 *
 * @param functions What they take and return, by name.
 * @returns The functions.
 * @throws {HostError} As {@linkcode libc}.
 *
 * @example Usage
 * ```ts
 * import { bind } from "./libc.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const { abs } = bind({ abs: { parameters: ["i32"], result: "i32" } });
 * assertEquals(abs(-7), 7);
 * ```
 */
export function bind<const F extends Record<string, Deno.ForeignFunction>>(
  functions: F,
): Bound<F> {
  try {
    const addresses: Record<string, typeof ADDRESS> = {};
    for (const name of Object.keys(functions)) addresses[name] = ADDRESS;
    const library = Deno.dlopen(LIBRARY, addresses);
    const found: Record<string, unknown> = {};
    for (const [name, definition] of Object.entries(functions)) {
      found[name] = functionAt(library.symbols[name], definition);
    }
    // The process itself keeps the library: its addresses stay what they are.
    library.close();
    return found as Bound<F>;
  } catch (cause) {
    const refused = cause instanceof Deno.errors.NotCapable;
    throw new HostError(refused ? "EACCES" : "ELIBBAD", LIBRARY, { cause });
  }
}

const ADDRESS = { type: "pointer" } as const;

function functionAt(
  address: Deno.PointerValue | undefined,
  definition: Deno.ForeignFunction,
) {
  const known = address as Deno.PointerObject<Deno.ForeignFunction>;
  const pointer = new Deno.UnsafeFnPointer(known, definition);
  return pointer.call.bind(pointer);
}

/** Error numbers on Linux, by name. */
const ERROR_NAMES: ReadonlyMap<number, string> = new Map([
  [1, "EPERM"],
  [2, "ENOENT"],
  [4, "EINTR"],
  [5, "EIO"],
  [6, "ENXIO"],
  [7, "E2BIG"],
  [8, "ENOEXEC"],
  [9, "EBADF"],
  [11, "EAGAIN"],
  [12, "ENOMEM"],
  [13, "EACCES"],
  [14, "EFAULT"],
  [16, "EBUSY"],
  [17, "EEXIST"],
  [19, "ENODEV"],
  [20, "ENOTDIR"],
  [21, "EISDIR"],
  [22, "EINVAL"],
  [23, "ENFILE"],
  [24, "EMFILE"],
  [26, "ETXTBSY"],
  [27, "EFBIG"],
  [28, "ENOSPC"],
  [30, "EROFS"],
  [32, "EPIPE"],
  [36, "ENAMETOOLONG"],
  [40, "ELOOP"],
  [80, "ELIBBAD"],
  [122, "EDQUOT"],
]);

/**
 * Makes a reader of the last call's error, before the call: between a call and
 * its error nothing else may be called.
 *
 * @returns Reads the name of the error the last call left behind.
 * @throws {HostError} As {@linkcode libc}.
 *
 * @example A descriptor that is not open
 * ```ts
 * import { errorReader, fileLibc } from "./libc.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const { close } = fileLibc();
 * const lastError = errorReader();
 * assertEquals(close(-1), -1);
 * assertEquals(lastError(), "EBADF");
 * ```
 */
export function errorReader(): () => string {
  const address = libc().__errno_location();
  if (address === null) throw new HostError("ELIBBAD", LIBRARY);
  const view = new Deno.UnsafePointerView(address);
  return () => {
    const number = view.getInt32();
    return ERROR_NAMES.get(number) ?? `error ${number}`;
  };
}
