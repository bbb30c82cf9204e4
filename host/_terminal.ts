/**
 * A terminal that only programs sit at: a pseudo-terminal for the standard
 * input of a child.
 *
 * @module
 */

import { HostError, PSEUDO_TERMINAL } from "./host.ts";
import { bind, type Bound, errorReader } from "./libc.ts";

const O_RDWR = 0o2;
const O_NOCTTY = 0o400;
const O_NONBLOCK = 0o4000;
const O_CLOEXEC = 0o2000000;
const F_DUPFD_CLOEXEC = 1030;
/** Opens the other end of a pseudo-terminal, wherever devpts is mounted. */
const TIOCGPTPEER = 0x5441n;

const FUNCTIONS = {
  posix_openpt: { parameters: ["i32"], result: "i32" },
  unlockpt: { parameters: ["i32"], result: "i32" },
  ioctl: { parameters: ["i32", "usize", "i32"], result: "i32" },
  tcgetattr: { parameters: ["i32", "buffer"], result: "i32" },
  tcsetattr: { parameters: ["i32", "i32", "buffer"], result: "i32" },
  fcntl: { parameters: ["i32", "i32", "i32"], result: "i32" },
  dup2: { parameters: ["i32", "i32"], result: "i32" },
  close: { parameters: ["i32"], result: "i32" },
  read: { parameters: ["i32", "buffer", "usize"], result: "isize" },
  write: { parameters: ["i32", "buffer", "usize"], result: "isize" },
} as const;

let found: Bound<typeof FUNCTIONS> | undefined;

function library(): Bound<typeof FUNCTIONS> {
  try {
    return found ??= bind(FUNCTIONS);
  } catch (cause) {
    if (!(cause instanceof HostError)) throw cause;
    throw new HostError(cause.code, PSEUDO_TERMINAL, { cause });
  }
}

/** The descriptor of a call that worked. */
function descriptor(call: () => number): number {
  const lastError = errorReader();
  const result = call();
  if (result < 0) throw new HostError(lastError(), PSEUDO_TERMINAL);
  return result;
}

// A line of `struct termios` on Linux: four words of flags, the line
// discipline, then the characters with a meaning.
const INPUT_FLAGS = 0;
const LOCAL_FLAGS = 12;
const CHARACTERS = 17;
const CHARACTER_COUNT = 19;
const TERMIOS_BYTES = 60;

const IUTF8 = 0o40000;
const ICANON = 0o2;
const IEXTEN = 0o100000;
const VEOF = 4;
const VMIN = 6;
const VLNEXT = 15;

const END_OF_INPUT = 0x04; // Ctrl-D
const TAKE_LITERALLY = 0x16; // Ctrl-V

/**
 * How often the end is told: a program may look again, and so may the next one
 * at the same terminal.
 */
const ENDS = 1024;

/**
 * Lines as they are typed, without echo; no character but two has a meaning:
 * what is typed is what is read.
 */
function setUp(terminal: number): void {
  const { tcgetattr, tcsetattr } = library();
  const bytes = new Uint8Array(TERMIOS_BYTES);
  descriptor(() => tcgetattr(terminal, bytes));
  const view = new DataView(bytes.buffer);
  view.setUint32(INPUT_FLAGS, IUTF8, true);
  view.setUint32(LOCAL_FLAGS, ICANON | IEXTEN, true);
  bytes.fill(0, CHARACTERS, CHARACTERS + CHARACTER_COUNT);
  bytes[CHARACTERS + VEOF] = END_OF_INPUT;
  bytes[CHARACTERS + VLNEXT] = TAKE_LITERALLY;
  bytes[CHARACTERS + VMIN] = 1;
  descriptor(() => tcsetattr(terminal, 0, bytes));
}

/**
 * What has to be typed for a program to read some bytes, then the end.
 *
 * @param bytes What it should read.
 * @returns The keys.
 */
export function typed(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const keys: number[] = [];
  for (const byte of bytes) {
    if (byte === END_OF_INPUT || byte === TAKE_LITERALLY) {
      keys.push(TAKE_LITERALLY);
    }
    keys.push(byte);
  }
  // Behind an open line, the first one only hands over that line.
  const isOpen = bytes.length > 0 && bytes.at(-1) !== 0x0a;
  for (let i = isOpen ? -1 : 0; i < ENDS; i++) keys.push(END_OF_INPUT);
  return new Uint8Array(keys);
}

// A case may put others in their place while it runs.
const { setInterval, clearInterval } = globalThis;
const TURN_MS = 4;
const CHUNK_BYTES = 4096;

/** A pseudo-terminal, and what is typed at it. */
export class Terminal {
  readonly #ours: number;
  #left: Uint8Array<ArrayBuffer>;

  /**
   * Makes one.
   *
   * @param input What the program should read.
   * @throws {HostError} About {@linkcode PSEUDO_TERMINAL}, if there is none.
   */
  constructor(input: Uint8Array) {
    const { posix_openpt, unlockpt } = library();
    const flags = O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK;
    this.#ours = descriptor(() => posix_openpt(flags));
    unlockpt(this.#ours); // If it fails, so does the other end.
    this.#left = typed(input);
  }

  /**
   * Starts a child whose inherited standard input is the terminal.
   *
   * For that moment it is standard input of this process, too. Nothing else
   * can be started meanwhile: nothing in between is asynchronous.
   *
   * @param spawn Starts the child.
   * @returns What that returned.
   */
  seat<T>(spawn: () => T): T {
    const { ioctl, fcntl, dup2, close } = library();
    const theirs = descriptor(() =>
      ioctl(this.#ours, TIOCGPTPEER, O_RDWR | O_NOCTTY | O_CLOEXEC)
    );
    const saved = fcntl(0, F_DUPFD_CLOEXEC, 3);
    try {
      setUp(theirs);
      descriptor(() => dup2(theirs, 0));
      return spawn();
    } finally {
      if (saved < 0) close(0);
      else {
        dup2(saved, 0);
        close(saved);
      }
      close(theirs);
    }
  }

  /**
   * Types, and throws away what programs write to the terminal itself, until
   * the child has ended.
   *
   * @param end Settles at the end.
   */
  async attend(end: Promise<unknown>): Promise<void> {
    this.#turn();
    const timer = setInterval(() => this.#turn(), TURN_MS);
    await end.catch(() => {});
    clearInterval(timer);
    this.close();
  }

  /** Takes the terminal away. */
  close(): void {
    library().close(this.#ours);
  }

  #turn(): void {
    const { read, write } = library();
    const seen = new Uint8Array(CHUNK_BYTES);
    while (read(this.#ours, seen, BigInt(seen.length)) > 0n);
    while (this.#left.length > 0) {
      const chunk = this.#left.slice(0, CHUNK_BYTES);
      const taken = Number(write(this.#ours, chunk, BigInt(chunk.length)));
      if (taken <= 0) return;
      this.#left = this.#left.subarray(taken);
    }
  }
}
