import type { Scenario } from '../../../simulations/index.ts';
import { PictureCopies } from '../../_embed/copy/picture-copies.tsx';
import type { PictureRange } from '../../_embed/copy/source.ts';
import { spanOf } from '../../_static/evidence.ts';
import {
  type Evidence,
  madrConfirmation,
  markdownCitation,
  markdownWithPicture,
  ORIGIN,
  pairSnippet,
  replayCommand,
} from './citations.ts';
import { CopyCitation, WithOrigin } from './copy-citation.tsx';
import styles from './evidence.module.css';
import { pictureWindow } from './picture-window.ts';
import { Section } from './section.tsx';

/** The evidence in the forms in which documents take it. */
export function CopyAs(evidence: Evidence) {
  const madr = madrConfirmation(evidence);
  return (
    <Section id="copy" title="Copy as" aside="for a review, a ticket or a decision record">
      <div className={styles.formats}>
        <CopyCitation label="Link" template={`${ORIGIN}/scenarios/${evidence.scenario.id}`} />
        <CopyCitation label="iframe" template={pairSnippet(evidence)} />
        <CopyCitation label="Markdown" template={markdownCitation(evidence)} />
        <CopyCitation label="README" template={markdownWithPicture(evidence)} />
        <CopyCitation label="MADR confirmation" template={madr} />
      </div>
      <pre className={styles.madr}>
        <code>
          <WithOrigin template={madr} />
        </code>
      </pre>
    </Section>
  );
}

/** Pictures of the variants, still and moving. */
export function Pictures(evidence: Evidence) {
  return (
    <Section id="pictures" title="Pictures" aside="drawn in your browser, from the same runs">
      <div className={styles.pictures}>
        <PictureCopies ranges={rangesOf(evidence)} />
      </div>
    </Section>
  );
}

/** What pictures of the variants show: the same stretch as on this page, and the stage when its first violation there is complete. */
function rangesOf({ scenario, runs }: Evidence): readonly PictureRange[] {
  const window = pictureWindow(scenario, runs);
  const { wanted } = window;
  // What travels to the page must be plain data, and travels once.
  const plain = JSON.parse(JSON.stringify(scenario)) as Scenario;
  return runs.map((pinned) => {
    const { variant, run, focus } = pinned;
    const violation = window.marked(pinned);
    const decided = violation && spanOf(pinned, violation.witness);
    const toUs = Math.min(Math.round(wanted.toUs), run.simulatedUs);
    return {
      label: variant.title,
      request: { model: scenario.model, scenario: plain, variant: variant.id },
      fromUs: Math.round(wanted.fromUs),
      toUs,
      atUs: Math.min(Math.round(decided?.toUs ?? toUs), toUs),
      key: focus.key,
      replay: replayCommand(scenario, variant),
      name: `${scenario.id}-${variant.id}-${scenario.seed}`,
    };
  });
}
