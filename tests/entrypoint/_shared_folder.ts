/**
 * A folder that the test files of one process share: made by the first of them,
 * removed by the last.
 *
 * @module
 */

/** A folder that the test files of one process share. */
export class SharedFolder {
  /** Its absolute path. */
  readonly path: string = `${temporary()}/runner-entrypoint-${ownProcess()}`;

  /** Makes it if nobody has, and counts one user more. */
  async enter(make: (folder: string) => Promise<void>): Promise<void> {
    using lock = this.#lock();
    const users = await isThere(this.path) ? this.#users() : 0;
    if (users === 0) await this.#make(make);
    this.#setUsers(users + 1);
    lock.unlockSync();
  }

  async #make(make: (folder: string) => Promise<void>): Promise<void> {
    await Deno.mkdir(this.path);
    await Deno.chmod(this.path, 0o777);
    try {
      await make(this.path);
    } catch (error) {
      await Deno.remove(this.path, { recursive: true });
      throw error;
    }
  }

  /** Counts one user less; the last one removes it. */
  leave(): void {
    using lock = this.#lock();
    const users = this.#users() - 1;
    if (users > 0) this.#setUsers(users);
    else Deno.removeSync(this.path, { recursive: true });
    lock.unlockSync();
  }

  /** This module itself, which nobody removes while others wait for it. */
  #lock(): Deno.FsFile {
    const file = Deno.openSync(new URL(import.meta.url));
    file.lockSync(true);
    return file;
  }

  #users(): number {
    return Number(Deno.readTextFileSync(`${this.path}/users`));
  }

  #setUsers(users: number): void {
    Deno.writeTextFileSync(`${this.path}/users`, `${users}`);
  }
}

/** No other process ever has the same number and the same start. */
function ownProcess(): string {
  const stat = Deno.readTextFileSync("/proc/self/stat");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return `${Deno.pid}-${fields[19]}`;
}

function temporary(): string {
  return (Deno.env.get("TMPDIR") ?? "/tmp").replace(/\/+$/, "");
}

/** Tells whether there is something under a path. */
export async function isThere(path: string): Promise<boolean> {
  try {
    await Deno.lstat(path);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

/** Compiles one of the C programs, if this machine has a compiler. */
export async function compile(name: string, folder: string): Promise<void> {
  const source = new URL(`${name}.c`, import.meta.url).pathname;
  const args = ["-Wall", "-Wextra", "-Werror", "-o", `${folder}/${name}`];
  try {
    const command = new Deno.Command("cc", { args: [...args, source] });
    const { success, stderr } = await command.output();
    if (!success) {
      throw new Error(
        `Cannot compile ${name}: ${new TextDecoder().decode(stderr)}`,
      );
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}
