import type { MessageMark } from '../../models/scene.ts';
import type { Run } from '../../run/execute.ts';
import { identityOf } from '../range.ts';
import { element, path, words } from './markup.ts';
import { glyphPath } from './path.ts';
import { wordPx } from './strata-paths.ts';

/** Width of a character of a command, in px, where the condensed face is missing. */
const COMMAND_PX = 6.9;

/** What stands under a picture: whose run it is, and the command that makes it again, broken where it would not fit. */
export function captionOf(
  run: Run,
  { y, width, replay }: { readonly y: number; readonly width: number; readonly replay: string | undefined },
): { readonly drawn: string; readonly bottom: number } {
  const lines = replay === undefined ? [] : broken(replay, Math.floor((width - 24) / COMMAND_PX));
  const drawn = [
    words('caption', 8, y, `Faultline: model ${identityOf(run)}.`),
    ...lines.map((line, at) => words('command', 8, y + 18 + at * 16, line)),
  ];
  return { drawn: drawn.join(''), bottom: y + lines.length * 16 + (lines.length > 0 ? 6 : 0) };
}

/** A command over several lines as a shell reads it: each but the last ends in a backslash. */
function broken(command: string, characters: number): readonly string[] {
  const lines: string[] = [];
  let rest = command;
  while (rest.length > characters) {
    const space = rest.lastIndexOf(' ', characters - 2);
    if (space <= 0) break;
    lines.push(`${rest.slice(0, space)} \\`);
    rest = rest.slice(space + 1);
  }
  return [...lines, rest];
}

/** The glyphs of messages with their families, as far as the run sent any, in one line. */
export function legend(
  run: Run,
  { x, y, width }: { readonly x: number; readonly y: number; readonly width: number },
): string {
  const marks = new Map<string, MessageMark>();
  for (const [type, mark] of Object.entries(run.input.model.messages)) {
    const look = `${mark.glyph} ${mark.solid}`;
    if ((run.record.messages[type]?.sent ?? 0) > 0 && !marks.has(look)) marks.set(look, mark);
  }
  let at = x;
  const drawn: string[] = [];
  for (const { glyph, solid, family } of marks.values()) {
    if (at + 14 + wordPx(family) > width) break;
    drawn.push(
      path(solid ? 'solid' : 'hollow', glyphPath(glyph, [at + 4, y - 3.5])),
      words('word', at + 13, y, family),
    );
    at += 13 + wordPx(family) + 20;
  }
  if (at + 14 + wordPx('lost') <= width)
    drawn.push(
      path('cross', `M${at + 1} ${y - 6.7}l6.4 6.4M${at + 7.4} ${y - 6.7}l-6.4 6.4`),
      words('word', at + 13, y, 'lost'),
    );
  return element('g', {}, ...drawn);
}
