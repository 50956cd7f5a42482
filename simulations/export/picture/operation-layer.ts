import { lookOf } from './ages.ts';
import type { DiagramFrame } from './frame.ts';
import { laneY } from './lanes.ts';
import { chip, chipWidth, element, path, words } from './markup.ts';
import { barsIn, type OperationBar } from './operations.ts';
import { tenth } from './path.ts';

/** The sheared disc, 16 by 16: where a violation is complete. */
const VIOLATED = 'M10.31 3.93A6 6 0 0 1 6.21 15.21ZM9.79 .79A6 6 0 0 0 5.69 12.07Z';

/** Client operations as bars on their clients' lanes, with how many there are. */
export function operationLayer(frame: DiagramFrame): {
  readonly drawn: string;
  readonly bars: readonly OperationBar[];
} {
  const bars = barsIn(frame.run, frame.focus, frame.fromUs, frame.untilUs);
  return { drawn: bars.map((bar) => drawBar(frame, bar)).join('\n') + witnessSteps(frame), bars };
}

/** A witness that names no operation: its steps on their hosts' lanes, with the disc at the last. */
function witnessSteps({ run, witness, lanes, left, right, x: scale }: DiagramFrame): string {
  if (witness === undefined || witness.operations.length > 0) return '';
  const { trace } = run.timeline!;
  const last = Math.max(...witness.steps);
  return witness.steps
    .map((step) => {
      const x = scale(trace.timeUs(step));
      const host = trace.host(step);
      if (x < left || x > right || lanes.positionOf[host] === undefined) return '';
      const y = laneY(lanes, host, x, scale);
      // Beside the glyph of the message that the step may be.
      const transform = `translate(${tenth(x + 5)} ${tenth(y - 17)}) scale(.875)`;
      const disc = step === last ? element('path', { class: 'violated', transform, d: VIOLATED }) : '';
      return path('witness', `M${tenth(x - 7)} ${tenth(y + 10)}H${tenth(x + 7)}`) + disc;
    })
    .join('');
}

interface Place {
  readonly from: number;
  readonly until: number;
  readonly top: number;
  readonly bottom: number;
  readonly y: number;
}

function drawBar(frame: DiagramFrame, bar: OperationBar): string {
  const { lanes, proof, witness } = frame;
  const from = Math.max(frame.x(bar.fromUs), frame.left - 40);
  const until = Math.max(from + 3, Math.min(frame.x(bar.untilUs), frame.right + 40));
  const y = laneY(lanes, bar.host, Math.max(from, frame.left), frame.x);
  const place: Place = { from, until, y, top: tenth(y - lanes.bar / 2), bottom: tenth(y + lanes.bar / 2) };
  const { id, f } = bar.operation;
  const named = witness?.operations.includes(id) ?? false;
  const marked = named && (f === 'read' || proof?.binding?.id === id || proof?.closing.id === id);
  const under = lanes.positionOf[bar.host]! >= lanes.lanes.length / 2;
  const mark = `M${tenth(from)} ${tenth(under ? place.bottom + 4 : place.top - 4)}H${tenth(until)}`;
  // A chip that is wider than its bar stands out at the bar's end.
  const chipEnd = from + 1 + (bar.version === undefined ? 0 : chipWidth(bar.version.label));
  const closing =
    proof?.closing.id === id
      ? element('path', {
          class: 'violated',
          transform: `translate(${tenth(Math.max(until, chipEnd) + 5)} ${tenth(y - 7)}) scale(.875)`,
          d: VIOLATED,
        })
      : '';
  const inner = [outline(place, bar), label(frame, place, bar), marked ? path('witness', mark) : '', closing];
  return element('g', { class: bar.inFocus || named ? undefined : 'elsewhere' }, ...inner);
}

/** The bar with its cap; a torn end when nobody knows how it ended. */
function outline({ from, until, top, bottom }: Place, { unknown }: OperationBar): string {
  const [a, b] = [tenth(from), tenth(until)];
  const torn = [0, 3, -2, 2, -3, 1, 0].map(
    (offset, at) => `${at === 0 ? 'M' : 'L'}${tenth(until + offset)} ${tenth(top + (at * (bottom - top)) / 6)}`,
  );
  return (
    path('bar', `M${b} ${top}H${a}V${bottom}H${b}${unknown ? '' : 'Z'}`) +
    (unknown ? path('bar-torn', torn.join('')) : '') +
    path('cap', `M${a} ${top}V${bottom}`)
  );
}

/** The version where it became known, and the longest name that fits beside it. */
function label(frame: DiagramFrame, { from, until, top, bottom, y }: Place, bar: OperationBar): string {
  const { version, unknown } = bar;
  const width = version === undefined ? 0 : chipWidth(version.label);
  const atStart = bar.chip === 'start';
  const chipX = atStart ? from + 1 : Math.max(from + 1, until - width - 0.5);
  // Of a bar that began before the field some of its chip may still be in it.
  const hasChip = version !== undefined && atStart;
  const start = hasChip ? Math.max(frame.left + 6, from + width + 5) : Math.max(from, frame.left) + 6;
  const taken = version !== undefined && !atStart ? width + 4 : 3;
  const room = until - taken - (unknown ? 12 : 0) - start;
  const name = [bar.name, String(bar.operation.id)].find((candidate) => candidate.length * 6.7 <= room);
  const drawnChip =
    version !== undefined && until - from >= 8
      ? chip({ x: chipX, y: top + 0.75, width, height: bottom - top - 1.5 }, lookOf(frame.ages, version), version.label)
      : '';
  return (
    drawnChip +
    (name === undefined ? '' : words(bar.failed ? 'bar-word refused' : 'bar-word', start, y + 3.8, name)) +
    (unknown && until - from > 16 ? words('word', until - 7, y + 3.8, '?', 'end') : '')
  );
}
