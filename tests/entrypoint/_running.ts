/**
 * A program that is running, and can be written to and waited for.
 *
 * @module
 */

/** Far beyond what anything here takes on a busy machine: a hang, not a delay. */
const HANG_MS = 120_000;

/** How it ended. Bytes are written as characters up to 0xff. */
export interface End {
  /** The exit code; 128 and the signal's number if it was killed. */
  readonly code: number;
  /** Standard output. */
  readonly stdout: string;
  /** Standard error. */
  readonly stderr: string;
}

/** One character for each byte. */
export function text(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let i = 0; i < bytes.length; i += 4096) {
    parts.push(String.fromCharCode(...bytes.subarray(i, i + 4096)));
  }
  return parts.join("");
}

/** One byte for each character. */
export function raw(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

/** A program in the sandbox that is still running. */
export class Running {
  #child: Deno.ChildProcess;
  #stdin: WritableStreamDefaultWriter<Uint8Array>;
  #reader: ReadableStreamDefaultReader<Uint8Array>;
  #stderr: Promise<string>;
  #seen = "";
  #timer: ReturnType<typeof setTimeout>;

  /** Takes over a child whose three streams are pipes. */
  constructor(child: Deno.ChildProcess) {
    this.#child = child;
    this.#stdin = child.stdin.getWriter();
    this.#reader = child.stdout.getReader();
    this.#stderr = child.stderr.bytes().then(text);
    this.#timer = setTimeout(() => this.kill(), HANG_MS);
  }

  /** Writes to its standard input. */
  async write(words: string): Promise<void> {
    await this.#stdin.write(raw(words));
  }

  /** Reads until standard output holds a text so many times, and keeps it all. */
  async until(wanted: string, times = 1): Promise<void> {
    while (this.#seen.split(wanted).length <= times) {
      const { value, done } = await this.#reader.read();
      if (done) {
        const seen = JSON.stringify(this.#seen + await this.#stderr);
        throw new Error(`wanted ${JSON.stringify(wanted)}, got ${seen}`);
      }
      this.#seen += text(value);
    }
  }

  /** The number that process 1 of the sandbox has out here. */
  async processOne(): Promise<number> {
    const { pid } = this.#child;
    const path = `/proc/${pid}/task/${pid}/children`;
    return Number(await Deno.readTextFile(path));
  }

  /** Kills it, with every process in the sandbox. */
  kill(): void {
    this.#child.kill("SIGKILL");
  }

  /** Closes its standard input and waits until it is gone. */
  async end(): Promise<End> {
    await this.#stdin.close().catch(() => {});
    for (;;) {
      const { value, done } = await this.#reader.read();
      if (done) break;
      this.#seen += text(value);
    }
    const stderr = await this.#stderr;
    const { code } = await this.#child.status;
    clearTimeout(this.#timer);
    return { code, stdout: this.#seen, stderr };
  }
}
