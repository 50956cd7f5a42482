'use client';

import { type MouseEvent, useEffect, useState } from 'react';
import { formatCount, formatDuration, type RunSize, type ShrinkReport } from '../../../../simulations/index.ts';
import { unbroken } from '../../../_prose/rehype-no-break.js';
import { buttonClass } from '../../../_shell/button.tsx';
import { CopyButton } from '../../../_shell/copy-button.tsx';
import { To } from '../../../_shell/to.tsx';
import { addressOf } from '../state/address.ts';
import { useActions, useLabStore } from '../state/context.tsx';
import { plural } from '../state/format.ts';
import { begun, ended } from './jobs.ts';
import { useSearchHandle } from './search-context.tsx';
import styles from './small-run.module.css';
import { violationSubject } from './subject.ts';

const parts: Readonly<Record<keyof RunSize, string>> = {
  events: 'events',
  operations: 'operations',
  faults: 'faults',
  processes: 'processes',
  durationUs: 'duration',
  pins: 'unusual latencies',
};

/** The run before and after, and the ways to have the small one. */
export function SmallRun({ report }: { readonly report: ShrinkReport }) {
  const { before, after, runs, exhausted, repair, explanation } = report;
  return (
    <div className={styles.small} data-testid="small-run">
      <div>
        <table className={styles.sizes}>
          <thead className="sr">
            <tr>
              <th scope="col">Size</th>
              <th scope="col">Before</th>
              <td />
              <th scope="col">After</th>
            </tr>
          </thead>
          <tbody>
            {(Object.keys(parts) as (keyof RunSize)[]).map((part) => (
              <tr key={part}>
                <th scope="row">{parts[part]}</th>
                <td className="data">{sizeWords(part, before[part])}</td>
                <td>
                  <To />
                </td>
                <td className={`data ${styles.after}`}>{sizeWords(part, after[part])}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <p className={styles.note}>
          {exhausted
            ? `Stopped at the bound of ${plural(runs, 'run')}: more may be left out.`
            : `${plural(runs, 'run')} tried; nothing more can be left out.`}
        </p>
      </div>
      <div className={styles.take}>
        <p className={styles.sentence}>{unbroken(explanation.sentence)}</p>
        {repair !== null && (
          <p className={styles.note}>
            Decided otherwise (variant <span className="data">{repair}</span>), the same small run keeps the property.
          </p>
        )}
        <Ways report={report} />
      </div>
    </div>
  );
}

function Ways({ report }: { readonly report: ShrinkReport }) {
  const open = useOpenSmall(report);
  const { file, link, scenario } = report;
  const url = useFile(file);
  const name = `${scenario.id}.yaml`;
  return (
    <p className={styles.ways}>
      <a href={link} className={buttonClass({})} onClick={open} data-testid="open-small">
        Open the small run
      </a>
      <a href={url} download={name} className={buttonClass({})} data-testid="download-small">
        Download as a scenario file
      </a>
      <CopyButton text={`npx faultline run ${name}`} label="Copy the command" />
      <code>npx faultline run {name}</code>
    </p>
  );
}

/** Opens the small run in this lab, explained; the browser's Back leads to the run in view. */
function useOpenSmall({ link, property, explanation }: ShrinkReport) {
  const lab = useLabStore();
  const { store } = useSearchHandle();
  const actions = useActions();
  return (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    actions.pause();
    // The address follows the look with a delay; Back must find the look as it was.
    history.replaceState(history.state, '', addressOf(lab.getState()));
    history.pushState(history.state, '', link);
    actions.open(location.href);
    const state = lab.getState();
    const subject = violationSubject(state, state.applied, property);
    store.setState(({ explains }) => ({
      explains: ended(begun(explains, subject, undefined), { ok: true, result: explanation }),
      said: `The small run is open: ${formatCount(state.run?.events ?? 0)} events.`,
    }));
    lab.setState({ searching: 'explain' });
  };
}

/** An address under which the browser offers a text as a file, while the component stands. */
function useFile(text: string): string | undefined {
  const [url, setUrl] = useState<string | undefined>(undefined);
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([text], { type: 'application/yaml' }));
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [text]);
  return url;
}

function sizeWords(part: keyof RunSize, value: number | null): string {
  if (value === null) return 'drawn by chance';
  return part === 'durationUs' ? formatDuration(value) : formatCount(value);
}
