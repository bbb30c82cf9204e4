/** A word as an entrypoint's command line wants it, also with blanks in it. */
export function shellWord(word: string): string {
  return `'${word.replaceAll("'", `'"'"'`)}'`;
}
