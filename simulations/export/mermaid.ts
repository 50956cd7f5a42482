import type { ActiveFault } from '../kernel/faults.ts';
import type { Run } from '../run/execute.ts';
import { faultTitle } from '../scenario/fault-title.ts';
import { operationName } from './picture/operations.ts';
import { flightOf } from './picture/run-index.ts';
import { type ExportOptions, type ExportRange, ExportRefusal, focusOf, identityOf, msOf, rangeOf } from './range.ts';
import { endOf } from './spans.ts';

/** More messages than this are no picture, and beyond 500 arrows or 50,000 characters Mermaid itself refuses. */
export const MERMAID_MESSAGES_MAX = 200;

/** Words that the grammar of sequence diagrams reads as its own. */
const RESERVED =
  /^(accdescr|acctitle|activate|actor|alt|and|as|autonumber|box|break|create|critical|deactivate|destroy|details|else|end|left|link|links|loop|note|off|opt|option|over|par|par_over|participant|properties|rect|right|sequencediagram|title)$/i;

interface Line {
  readonly atUs: number;
  /** Orders lines of one instant: what a step did comes after the step's message. */
  readonly order: number;
  readonly text: string;
}

/**
 * A range of a run as a Mermaid sequence diagram: hosts as participants (clients as actors), a message at the moment in which it arrived or was
 * lost (`-x`), notes for faults, outages and the ends of operations. The vertical axis is an order, not a scale. Throws
 * `ExportRefusal` for more than {@link MERMAID_MESSAGES_MAX} messages and for a range outside the run.
 */
export function exportMermaid(run: Run, options: ExportOptions = {}): string {
  const range = rangeOf(run, options);
  const names = run.topology.hosts.map(({ id }) => participant(id));
  const messages = messageLines(range, names);
  if (messages.length > MERMAID_MESSAGES_MAX) throw tooMany(range, messages.length);
  const lines = [
    ...messages,
    ...hostLines(range, names),
    ...faultLines(range, names),
    ...operationLines(range, options),
  ];
  lines.sort((a, b) => a.atUs - b.atUs || a.order - b.order);
  const head = run.topology.hosts.map(
    ({ id, shape }, at) => `${shape === 'client' ? 'actor' : 'participant'} ${names[at]} as ${escaped(id)}`,
  );
  const about = [identityOf(run), ...(options.replay === undefined ? [] : [options.replay])];
  const body = [...head, ...lines.map(({ text }) => text)];
  return [...about.map((line) => `%% ${line}`), 'sequenceDiagram', ...body.map((line) => `  ${line}`), ''].join('\n');
}

/** A name that the grammar takes for a participant. */
function participant(id: string): string {
  return /^[A-Za-z]\w*$/.test(id) && !RESERVED.test(id) ? id : `host_${id.replace(/\W/g, '_')}`;
}

/** A semicolon ends a statement and a sharp begins an entity; percent signs in pairs begin a comment. */
function escaped(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/[#;]/g, (sign) => `#${sign.charCodeAt(0)};`)
    .replaceAll('%%', '% %');
}

function messageLines({ trace, firstStep, endStep }: ExportRange, names: readonly string[]): Line[] {
  const lines: Line[] = [];
  for (let step = firstStep; step < endStep; step++) {
    const _kind = trace.kind(step);
    const flight = flightOf(trace, step);
    if (flight === undefined) continue;
    const { type, lostTo, duplicate, from, to } = flight;
    const arrow = lostTo === undefined ? '->>' : '-x';
    const remarks = [...(duplicate ? ['duplicate'] : []), ...(lostTo === undefined ? [] : [`lost, ${LOST[lostTo]}`])];
    const what = remarks.length === 0 ? type : `${type} (${remarks.join(', ')})`;
    const text = `${names[from]}${arrow}${names[to]}: ${escaped(what)}`;
    lines.push({ atUs: trace.timeUs(step), order: step, text });
  }
  return lines;
}

const LOST = { chance: 'by chance', cut: 'at the cut', down: 'host down', gone: 'too late' } as const;

const HOST_WORDS: Readonly<Record<string, string>> = { crashed: 'crashed', paused: 'paused', resumed: 'went on' };

/** Crashes and pauses. A host restarts once, however many of its processes do. */
function hostLines({ trace, firstStep, endStep }: ExportRange, names: readonly string[]): Line[] {
  const lines: Line[] = [];
  const restarted = new Set<string>();
  for (let step = firstStep; step < endStep; step++) {
    const kind = trace.kind(step);
    const atUs = trace.timeUs(step);
    const host = names[trace.host(step)];
    if (kind === 'restarted' && !restarted.has(`${host} ${atUs}`)) restarted.add(`${host} ${atUs}`);
    else if (HOST_WORDS[kind] === undefined) continue;
    const text = `Note over ${host}: ${HOST_WORDS[kind] ?? 'restarted'} at ${msOf(atUs)} ms`;
    lines.push({ atUs, order: step + 0.5, text });
  }
  return lines;
}

/** Faults that begin or end in the range, over everything that they hit. A crash is told by its host. */
function faultLines({ run, fromUs, toUs }: ExportRange, names: readonly string[]): Line[] {
  const lines: Line[] = [];
  const note = (active: ActiveFault, atUs: number, word: string) => {
    if (atUs < fromUs || atUs > toUs) return;
    const text = `Note over ${ends(active, run, names)}: ${escaped(faultTitle(active.fault))} ${word} at ${msOf(atUs)} ms`;
    lines.push({ atUs, order: -1, text });
  };
  for (const active of run.record.faults) {
    if (active.fault.action.do === 'crash' || active.fault.action.do === 'pause') continue;
    note(active, active.sinceUs, 'begins');
    note(active, active.untilUs, 'ends');
  }
  return lines;
}

/** A note stands over one participant or from one to another: the outermost two that a fault hits; all, when it names none. */
function ends({ sides }: ActiveFault, { topology }: Run, names: readonly string[]): string {
  const hit = topology.hosts.flatMap(({ id }, at) => (sides.flat().includes(id) ? [at] : []));
  const [first, last] = [hit[0] ?? 0, hit.at(-1) ?? names.length - 1];
  return first === last ? names[first]! : `${names[first]},${names[last]}`;
}

/** What clients learned, beside them. */
function operationLines({ run, fromUs, toUs }: ExportRange, { key }: ExportOptions): Line[] {
  const focus = focusOf(run, key);
  const lines: Line[] = [];
  for (const operation of run.record.operations) {
    const atUs = endOf(run, operation);
    if (atUs < fromUs || atUs > toUs || operation.completedStep === undefined) continue;
    const { outcome, client } = operation;
    const version = operation.key === focus.key ? run.input.model.versionOf(operation, focus) : undefined;
    const what = `${operationName(run, operation)} of ${operation.key}`;
    const how = outcome === 'info' ? 'outcome unknown' : outcome === 'fail' ? 'refused' : 'ok';
    const found = version === undefined ? how : `${version.label}, ${how}`;
    const text = `Note over ${participant(client.split('/')[0]!)}: ${escaped(`${what}: ${found}`)}`;
    lines.push({ atUs, order: operation.completedStep + 0.5, text });
  }
  return lines;
}

function tooMany({ trace, firstStep, fromUs, toUs }: ExportRange, found: number): ExportRefusal {
  let count = 0;
  let step = firstStep;
  for (; step < trace.length && count < MERMAID_MESSAGES_MAX; step++) {
    if (flightOf(trace, step) !== undefined) count++;
  }
  // The instant before the message that was one too many.
  const fitsUs = Math.max(fromUs, trace.timeUs(step - 1) - 1);
  return new ExportRefusal({
    field: 'from, to',
    found: `${found} messages from ${msOf(fromUs)} ms to ${msOf(toUs)} ms`,
    allowed: `at most ${MERMAID_MESSAGES_MAX} messages in a sequence diagram`,
    fix: `Export a shorter range, such as --from "${msOf(fromUs)} ms" --to "${msOf(fitsUs)} ms", or export as svg.`,
  });
}
