import { type Evidence, madrConfirmation, markdownCitation, ORIGIN } from './citations.ts';
import { CopyCitation, WithOrigin } from './copy-citation.tsx';
import styles from './evidence.module.css';
import { Section } from './section.tsx';

/** The evidence in the forms in which documents take it. */
export function CopyAs(evidence: Evidence) {
  const madr = madrConfirmation(evidence);
  return (
    <Section id="copy" title="Copy as" aside="for a review, a ticket or a decision record">
      <div className={styles.formats}>
        <CopyCitation label="Link" template={`${ORIGIN}/scenarios/${evidence.scenario.id}`} />
        <CopyCitation label="Markdown" template={markdownCitation(evidence)} />
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
