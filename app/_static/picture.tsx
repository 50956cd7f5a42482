import { messagePaths, operationPaths, seamPaths, strataPaths } from '../../simulations/index.ts';
import type { Frame } from '../_stage/layout/frame.ts';
import { GlyphLayer, MessageLayer, MessageWordsLayer } from '../_stage/marks/message-layer.tsx';
import { OperationLayer } from '../_stage/marks/operation-layer.tsx';
import { Patterns } from '../_stage/marks/patterns.tsx';
import { EvidenceLayer, ProofLayer } from '../_stage/marks/selection-layer.tsx';
import { LaneWordsLayer, StrataLayer, VersionsLayer } from '../_stage/marks/strata-layer.tsx';
import { LaneHeads, TimeLayer } from '../_stage/marks/time-layer.tsx';

/** The layers of a space-time diagram in the order in which the lab's mark paints them, without playhead and selection. */
export function Picture({ frame }: { frame: Frame }) {
  const [paths, strata, seams] = [messagePaths(frame), strataPaths(frame), seamPaths(frame)];
  const { id, left, right, height } = frame;
  const clip = `url(#${id}-field)`;
  return (
    <>
      <defs>
        <Patterns id={id} />
        <clipPath id={`${id}-field`}>
          <rect x={left} y={-10} width={Math.max(0, right - left)} height={height + 20} />
        </clipPath>
      </defs>
      <TimeLayer frame={frame} />
      <LaneHeads frame={frame} />
      <g clipPath={clip}>
        <StrataLayer frame={frame} paths={strata} seams={seams} />
        <MessageLayer paths={paths} />
      </g>
      <ProofLayer frame={frame} />
      <g clipPath={clip}>
        <MessageWordsLayer notes={paths.notes} />
        <VersionsLayer labels={strata.labels} />
        <LaneWordsLayer notes={strata.notes} seams={seams} />
        <OperationLayer frame={frame} paths={operationPaths(frame)} />
        <GlyphLayer glyphs={paths.glyphs} />
        <EvidenceLayer frame={frame} />
      </g>
    </>
  );
}
