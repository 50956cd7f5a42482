import { barsIn, faultTitle, formatMsShort } from '../../simulations/index.ts';
import type { Frame } from '../_stage/layout/frame.ts';

/** More operations than this are counted, not told. */
const TOLD_MAX = 12;

/** A picture in words: its window, its faults, its operations in order, its call-outs. */
export function describe(frame: Frame, callouts: readonly { readonly text: string }[]): string {
  const { run, fromUs, untilUs, lanes } = frame;
  const window = `${formatMsShort(fromUs)} to ${formatMsShort(untilUs)} ms, lanes ${lanes.lanes.map(({ id }) => id).join(', ')}.`;
  const faults = run.record.faults
    .filter((fault) => fault.sinceUs < untilUs && fault.untilUs > fromUs)
    .map(({ fault, sinceUs }) => `At ${formatMsShort(sinceUs)} ms: ${faultTitle(fault)}.`);
  return [window, ...faults, ...operations(frame), ...callouts.map(({ text }) => `${text}.`)].join(' ');
}

function operations({ run, focus, fromUs, untilUs }: Frame): readonly string[] {
  const bars = barsIn(run, focus, fromUs, untilUs);
  if (bars.length > TOLD_MAX) return [`${bars.length} operations of clients.`];
  return bars.map(({ operation, name, version, unknown, failed, fromUs: begun, untilUs: ended }) => {
    const what =
      version === undefined ? '' : operation.f === 'read' ? ` returned ${version.label}` : ` of ${version.label}`;
    const how = unknown ? ', outcome unknown' : failed ? ', refused' : '';
    return `Client ${operation.client.split('/')[0]}: ${name}${what}, ${formatMsShort(begun)} to ${formatMsShort(ended)} ms${how}.`;
  });
}
