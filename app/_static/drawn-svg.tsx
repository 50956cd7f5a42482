'use client';

import { type RefObject, type SVGAttributes, useEffect, useRef } from 'react';
import { drawingOf } from './drawings.ts';

export interface DrawnSvgProps extends Omit<SVGAttributes<SVGSVGElement>, 'children' | 'dangerouslySetInnerHTML'> {
  /** Unique on the page, and the same each time that the page is built. */
  readonly id: string;
  /** The number of what it shows: see `keepDrawing`. */
  readonly drawing: number;
}

/**
 * A picture that the server has drawn, which travels once, in the page's HTML. What React takes over from it is the frame alone: marks that
 * nobody changes are not sent a second time as its data. A reader who came by a link of the site has the data and no HTML; then it is fetched.
 */
export function DrawnSvg({ drawing, ...svg }: DrawnSvgProps) {
  const frame = useRef<SVGSVGElement>(null);
  useMarks(frame, svg.id);
  // biome-ignore lint/a11y/noSvgWithoutTitle: its name comes with what it shows, or with the attributes.
  if (typeof window === 'undefined') return <svg {...svg}>{drawingOf(drawing)}</svg>;
  // biome-ignore lint/security/noDangerouslySetInnerHtml: empty for React, which then leaves what is there as it is.
  return <svg {...svg} ref={frame} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: '' }} />;
}

export interface DrawnBoxProps {
  /** Unique on the page, and the same each time that the page is built. */
  readonly id: string;
  readonly className: string | undefined;
  /** The number of what stands in it: see `keepDrawing`. */
  readonly drawing: number;
}

/** A box whose content the server has drawn, which travels once: see {@link DrawnSvg}. */
export function DrawnBox({ drawing, ...box }: DrawnBoxProps) {
  const frame = useRef<HTMLDivElement>(null);
  useMarks(frame, box.id);
  if (typeof window === 'undefined') return <div {...box}>{drawingOf(drawing)}</div>;
  // biome-ignore lint/security/noDangerouslySetInnerHtml: empty for React, which then leaves what is there as it is.
  return <div {...box} ref={frame} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: '' }} />;
}

/** Fetches what stands in an element of the page's HTML, where the reader came without it. */
function useMarks(frame: RefObject<Element | null>, id: string): void {
  useEffect(() => {
    if (frame.current?.firstChild !== null) return;
    let gone = false;
    import('./fetched-marks.ts')
      .then(({ marksOf }) => marksOf(location.pathname, id))
      .then((marks) => {
        if (!gone && frame.current?.firstChild === null) frame.current.append(...marks);
      });
    return () => {
      gone = true;
    };
  }, [frame, id]);
}
