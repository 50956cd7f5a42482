import { PictureCopies } from '../../_embed/copy/picture-copies.tsx';
import type { PictureRange } from '../../_embed/copy/source.ts';
import { TextCopies } from '../../_embed/copy/text-copies.tsx';
import { embedAddress } from '../../_embed/embed-address.ts';
import { replayCommand } from '../../_run/replay.ts';
import type { EmbedSide, EmbedView } from './open.ts';

/** The embedded run in the forms in which documents take it. */
export function CopySheet({ view }: { readonly view: EmbedView }) {
  const { lab, show, theme, sides } = view;
  const finding = sides[0]?.verdict?.verdict;
  return (
    <>
      <TextCopies
        link={location.origin + lab}
        src={location.origin + embedAddress(lab, { show, theme })}
        title={[view.title, sides[0]?.variant?.title].filter((part) => part !== undefined).join(': ')}
        finding={finding?.status === 'violated' ? finding.sentence : undefined}
      />
      <PictureCopies
        ranges={sides.map((side) => rangeOf(view, side))}
        drawing={show === 'stage' ? 'stage' : 'space-time'}
      />
    </>
  );
}

function rangeOf({ modelId, fromUs, toUs, restUs, lab, scenario }: EmbedView, side: EmbedSide): PictureRange {
  const { variant, seed, set, faults } = side.setup;
  const name = [scenario?.id ?? modelId, variant, side.run.input.seed].filter((part) => part !== undefined).join('-');
  return {
    label: `${side.variant?.title ?? 'Defaults'}, seed ${side.run.input.seed}`,
    request: { model: modelId, scenario, variant, seed, set, faults },
    fromUs,
    toUs,
    atUs: Math.round(restUs),
    key: side.focus.key,
    replay: replayCommand(lab),
    name,
  };
}
