import type { Run } from '../run/execute.ts';
import { faultTitle } from '../scenario/fault-title.ts';
import { type DiagramFrame, makeFrame } from './picture/frame.ts';
import { laneLayer } from './picture/lane-layer.ts';
import { element, escapeXml, words } from './picture/markup.ts';
import { operationLayer } from './picture/operation-layer.ts';
import { operationName } from './picture/operations.ts';
import { runIndex } from './picture/run-index.ts';
import { PATTERNS, SPACE_TIME_STYLE } from './picture/theme.ts';
import { formatMsShort } from './picture/time-axis.ts';
import { timeLayer } from './picture/time-layer.ts';
import { captionOf, legend } from './picture/words.ts';
import { type ExportOptions, focusOf, keepingMoment, rangeOf } from './range.ts';

export interface SvgOptions extends ExportOptions {
  /** In px, from 480 to 20,000. Default: 1,120, and for long ranges so much, up to 4,000, that a message can be followed. */
  readonly width?: number;
}

const WIDTH = 1_120;
const LEGIBLE_WIDTH_MAX = 4_000;
/** A picture keeps its scale: a message of median duration takes at least this many px. */
const FLIGHT_PX = 14;
/** More operations than this are counted in the description, not told. */
const TOLD_MAX = 24;

/**
 * The space-time diagram of a range as a standalone SVG in the light theme: a lane a host, what replicas have on disk as strata by the age
 * of the version, messages with the glyphs of what they carry, operations as bars, faults as bands, cuts as seams, a real time axis. The
 * first violated verdict whose witness ends in the range is marked. Title and description tell the picture in words; under it stand the
 * run's identity and the command that makes it again. Throws `ExportRefusal` for a range outside the run and an unknown key.
 */
export function exportSvg(run: Run, options: SvgOptions = {}): string {
  const { fromUs, toUs } = rangeOf(run, options);
  const focus = focusOf(run, options.key);
  const width = Math.max(480, Math.min(20_000, Math.round(options.width ?? legibleWidth(run, toUs - fromUs))));
  return keepingMoment(run, () => {
    const frame = makeFrame({ run, focus, fromUs, untilUs: toUs, width, axisY: 58 });
    const { ground, glyphs, messages } = laneLayer(frame);
    const { drawn, bars } = operationLayer(frame);
    const title = `${run.input.model.title}, key ${focus.key}, ${formatMsShort(fromUs)} to ${formatMsShort(toUs)} ms`;
    // With room for the words of a proof.
    const bottom = Math.ceil(frame.lanes.bottom + 12);
    const legendY = bottom + 18;
    const caption = captionOf(run, { y: legendY + 28, width, replay: options.replay });
    const height = caption.bottom + 12;
    const clip = { x: frame.left, y: 0, width: frame.right - frame.left, height: bottom + 10 };
    return [
      `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="title desc">`,
      element('title', { id: 'title' }, escapeXml(title)),
      element('desc', { id: 'desc' }, escapeXml(describe(frame, messages, bars))),
      `<style>${SPACE_TIME_STYLE}</style>`,
      `<defs>${PATTERNS}${element('clipPath', { id: 'field' }, element('rect', clip))}</defs>`,
      element('rect', { class: 'sheet', width, height }),
      words('title', 8, 22, title),
      timeLayer(frame),
      ground,
      element('g', { 'clip-path': 'url(#field)' }, drawn, glyphs),
      legend(run, { x: frame.left, y: legendY, width }),
      caption.drawn,
      '</svg>\n',
    ].join('\n');
  });
}

function legibleWidth(run: Run, spanUs: number): number {
  return Math.max(WIDTH, Math.min(LEGIBLE_WIDTH_MAX, (spanUs / runIndex(run).flightUsMedian) * FLIGHT_PX));
}

/** The picture in words: lanes, messages, faults, operations in order, the violation. */
function describe(
  { run, lanes, fromUs, untilUs, proof, witness }: DiagramFrame,
  messages: number | undefined,
  bars: ReturnType<typeof operationLayer>['bars'],
): string {
  const faults = run.record.faults
    .filter((fault) => fault.sinceUs < untilUs && fault.untilUs > fromUs)
    .map(({ fault, sinceUs }) => `At ${formatMsShort(sinceUs)} ms: ${faultTitle(fault)}.`);
  const told = bars.map(({ operation, name, version, unknown, failed, fromUs: begun, untilUs: ended }) => {
    const what =
      version === undefined ? '' : operation.f === 'read' ? ` returned ${version.label}` : ` of ${version.label}`;
    const how = unknown ? ', outcome unknown' : failed ? ', refused' : '';
    return `Client ${operation.client.split('/')[0]}: ${name}${what}, ${formatMsShort(begun)} to ${formatMsShort(ended)} ms${how}.`;
  });
  return [
    `Lanes ${lanes.lanes.map(({ id }) => id).join(', ')}.`,
    messages === undefined ? 'More messages than can be drawn one by one.' : `${messages} messages.`,
    ...faults,
    ...(told.length > TOLD_MAX ? [`${told.length} operations of clients.`] : told),
    ...(proof === undefined ? [] : [`${operationName(run, proof.closing)} completes a violation.`]),
    ...(proof === undefined && witness !== undefined
      ? [`A violation is complete at ${formatMsShort(run.timeline!.timeUs(Math.max(...witness.steps)))} ms.`]
      : []),
  ].join(' ');
}
