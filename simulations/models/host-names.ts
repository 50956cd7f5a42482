/**
 * Names of hosts: a letter and a number from 1 to `count`. They have been names of fields, because the engine keeps one copy of such strings: it then
 * tells two names apart by their places, where it would read them sign by sign. Every message compares some.
 */
export function hostNames(letter: string, count: number): readonly string[] {
  const names = Array.from({ length: count }, (_, index) => [`${letter}${index + 1}`, index] as const);
  return Object.keys(Object.fromEntries(names));
}
