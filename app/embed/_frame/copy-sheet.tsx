import { PictureCopies } from '../../_embed/copy/picture-copies.tsx';
import type { PictureRange } from '../../_embed/copy/source.ts';
import { embedAddress } from '../../_embed/embed-address.ts';
import { iframeSnippet, markdownLink } from '../../_embed/snippets.ts';
import { CopyButton } from '../../_shell/copy-button.tsx';
import styles from './copy-sheet.module.css';
import type { EmbedSide, EmbedView } from './open.ts';

/** The embedded run in the forms in which documents take it. */
export function CopySheet({ view }: { readonly view: EmbedView }) {
  const { lab, show, theme, sides } = view;
  const title = [view.title, sides[0]?.variant?.title].filter((part) => part !== undefined).join(': ');
  const link = location.origin + lab;
  const src = location.origin + embedAddress(lab, { show, theme });
  const finding = sides[0]?.verdict?.verdict;
  const says = finding?.status === 'violated' ? `: ${finding.sentence}` : '';
  return (
    <>
      <div className={styles.texts}>
        <CopyButton label="Link" text={link} />
        <CopyButton label="iframe" text={iframeSnippet({ src, title })} />
        <CopyButton label="Markdown" text={`${markdownLink(title, link)}${says}`} />
      </div>
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
    replay: `faultline replay '${lab.replaceAll("'", '%27')}'`,
    name,
  };
}
