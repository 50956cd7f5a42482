import type { Run } from '../run/execute.ts';
import { type ExportOptions, focusOf, identityOf, keepingMoment, msOf, rangeOf } from './range.ts';
import { vectorClocks } from './vector-clocks.ts';

/**
 * How ShiViz reads an event: three groups that it requires (host, clock, event) and two that it shows beside an event. It has its own
 * form of named groups, which this expression keeps to; no `{` may stand in a line that is no event.
 */
export const SHIVIZ_PATTERN = String.raw`(?<host>\S+) (?<clock>\{.*?\}) step (?<step>\d+) at (?<ms>[\d.]+) ms: (?<event>.*)`;
/** Where ShiViz cuts a log into executions; the group names each. Append the events of another run, from its `===` line on, to compare. */
export const SHIVIZ_DELIMITER = '=== (?<trace>.*) ===';

/**
 * A run as a log for ShiViz (bestchai.bitbucket.io/shiviz): the first line is the expression that reads an event, the second the delimiter of
 * executions, as ShiViz expects of an uploaded file. Then one line an event of a host: host, vector clock as JSON, step, instant, sentence.
 * Vector clocks are computed from the causal trace and count within the range. Messages that were lost are told where they were sent.
 * Throws `ExportRefusal` for a range outside the run.
 */
export function exportShiViz(run: Run, options: ExportOptions = {}): string {
  const range = rangeOf(run, options);
  const { timeline, trace, firstStep, endStep } = range;
  const context = focusOf(run, options.key);
  const hosts = run.topology.hosts.map(({ id }) => id.replace(/\s+/g, '_'));
  const clocks = vectorClocks(trace, hosts.length, range);
  const losses = lossesBySend(run, firstStep);
  const lines = keepingMoment(run, () => {
    const written: string[] = [];
    for (let step = firstStep; step < endStep; step++) {
      const clock = clocks.get(step);
      if (clock === undefined) continue;
      const known = hosts.flatMap((host, at) => (clock[at]! > 0 ? [[host, clock[at]] as const] : []));
      const sentence = run.input.model.narrate(timeline.step(step), context).replace(/\s+/g, ' ');
      const event = [sentence, ...(losses.get(step) ?? [])].join(' ');
      const host = hosts[trace.host(step)]!;
      written.push(
        `${host} ${JSON.stringify(Object.fromEntries(known))} step ${step} at ${msOf(trace.timeUs(step))} ms: ${event}`,
      );
    }
    return written;
  });
  const replay = options.replay === undefined ? '' : `, ${options.replay}`;
  return `${SHIVIZ_PATTERN}\n${SHIVIZ_DELIMITER}\n=== ${identityOf(run)}${replay} ===\n${lines.join('\n')}\n`;
}

/** What of each step's messages was lost, in words: `Lost: RAck to r3.` */
function lossesBySend(run: Run, firstStep: number): ReadonlyMap<number, readonly string[]> {
  const { trace } = run.timeline!;
  const losses = new Map<number, string[]>();
  for (let step = firstStep; step < trace.length; step++) {
    const loss = trace.loss(step);
    if (loss === undefined) continue;
    const words = `Lost: ${trace.word(step)} to ${loss.to}.`;
    const sent = losses.get(trace.cause(step));
    if (sent === undefined) losses.set(trace.cause(step), [words]);
    else sent.push(words);
  }
  return losses;
}
