/** The command that makes the run of a link again, quoted for a shell. */
export function replayCommand(link: string): string {
  return `faultline replay '${link.replaceAll("'", '%27')}'`;
}
