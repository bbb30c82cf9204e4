/**
 * A folder that the test files of one process share: made by the first of them,
 * removed by the last.
 *
 * @module
 */

/** A folder that the test files of one process share. */
export class SharedFolder {
  /** Its absolute path. */
  readonly path: string = `${temporary()}/runner-entrypoint-${Deno.pid}`;

  /** Makes it if nobody has, and counts one user more. */
  async enter(make: (folder: string) => Promise<void>): Promise<void> {
    using lock = this.#lock();
    const users = await isThere(this.path) ? this.#users() : 0;
    if (users === 0) {
      await Deno.mkdir(this.path, { recursive: true });
      await Deno.chmod(this.path, 0o777);
      await make(this.path);
    }
    this.#setUsers(users + 1);
    lock.unlockSync();
  }

  /** Counts one user less; the last one removes it. */
  leave(): void {
    using lock = this.#lock();
    const users = this.#users() - 1;
    if (users > 0) this.#setUsers(users);
    else {
      Deno.removeSync(this.path, { recursive: true });
      Deno.removeSync(`${this.path}.lock`);
    }
    lock.unlockSync();
  }

  #lock(): Deno.FsFile {
    const options = { create: true, write: true };
    const file = Deno.openSync(`${this.path}.lock`, options);
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
