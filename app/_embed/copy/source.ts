import { describeProblem, type RunRequest } from '../../../simulations/index.ts';
import { exportClient } from '../../_run/export-client.ts';

/** A stretch of a run of which pictures can be taken. All of it is plain data. */
export interface PictureRange {
  /** Says which run it is, for whoever chooses among several. */
  readonly label: string;
  readonly request: RunRequest;
  /** The stretch and the moment, in microseconds. */
  readonly fromUs: number;
  readonly toUs: number;
  readonly atUs: number;
  readonly key: string;
  /** The command that makes the run again. */
  readonly replay: string;
  /** Name of a file, without its ending. */
  readonly name: string;
}

/** What is drawn: the stretch as a space-time diagram, or the stage at a moment. */
export type Drawing = 'space-time' | 'stage';

/** Draws pictures of runs in a worker, away from the page. */
export interface PictureSource {
  /** An SVG. Rejects, with words for the reader, for a range that cannot be drawn and when the worker fails. */
  svg(range: PictureRange, drawing: Drawing, atUs?: number): Promise<string>;
  stop(): void;
}

export function pictureSource(): PictureSource {
  const client = exportClient();
  return {
    svg: async ({ request, fromUs, toUs, key, replay, atUs: own }, drawing, atUs = own) => {
      const format = drawing === 'stage' ? 'frame' : 'svg';
      const answer = await client.ask({ request, format, options: { fromUs, toUs, atUs, key, replay } });
      if (answer.ok) return answer.text;
      throw new Error(answer.problems.map(describeProblem).join(' '));
    },
    stop: client.stop,
  };
}
