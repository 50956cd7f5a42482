'use client';

import { useEffect, useRef, useState } from 'react';
import { describeProblem, type ExportName, formatCount, formatLink } from '../../../../simulations/index.ts';
import { type ExportClient, exportClient } from '../../../_run/export-client.ts';
import { replayCommand } from '../../../_run/replay.ts';
import { linkOf, scenarioOf } from '../../../_run/setup.ts';
import { Button } from '../../../_shell/button.tsx';
import { copyText } from '../../../_shell/copy-text.ts';
import type { ExportAnswer } from '../../../_work/export.worker.ts';
import { useLab, useLabStore } from '../state/context.tsx';
import { formatTime, unitOf } from '../state/format.ts';
import type { LabState } from '../state/store.ts';
import styles from './export-menu.module.css';
import { exportWords } from './export-words.ts';

type Range = 'window' | 'run';
type Deed = 'download' | 'copy';
type Written = Extract<ExportAnswer, { ok: true }>;

/** What is under way, or what came of the last one. */
type Said =
  | { readonly kind: 'quiet' }
  | { readonly kind: 'busy'; readonly format: ExportName }
  | { readonly kind: 'done' | 'refused'; readonly text: string };

/** Every form in which the run can leave: for the window in view or the whole run, as a file or on the clipboard. */
export function ExportMenu() {
  const store = useLabStore();
  const client = useRef<ExportClient | undefined>(undefined);
  const [range, setRange] = useState<Range>('window');
  const [said, setSaid] = useState<Said>({ kind: 'quiet' });
  useEffect(() => () => client.current?.stop(), []);
  const act = async (format: ExportName, deed: Deed) => {
    client.current ??= exportClient();
    setSaid({ kind: 'busy', format });
    const state = store.getState();
    try {
      const answer = await client.current.ask(taskOf(state, format, range));
      setSaid(answer.ok ? await delivered(state, answer, deed) : refusal(answer, range));
    } catch (error) {
      setSaid({ kind: 'refused', text: `The export failed: ${error instanceof Error ? error.message : error}.` });
    }
  };
  return (
    <>
      <Ranges range={range} onRange={setRange} />
      <ul className={styles.formats}>
        {(Object.keys(exportWords) as ExportName[]).map((format) => (
          <li key={format} data-format={format}>
            <span className={styles.name}>{exportWords[format].title}</span>
            <span className={styles.opens}>{exportWords[format].opens}</span>
            {(['download', 'copy'] as const).map((deed) => (
              <Button
                key={deed}
                disabled={said.kind === 'busy'}
                aria-label={`${deed === 'copy' ? 'Copy' : 'Download'} ${exportWords[format].title}`}
                onClick={() => act(format, deed)}
              >
                {deed === 'copy' ? 'Copy' : 'Download'}
              </Button>
            ))}
          </li>
        ))}
      </ul>
      <p className={said.kind === 'refused' ? `${styles.said} ${styles.refused}` : styles.said} role="status">
        {said.kind === 'busy' && `Writing ${exportWords[said.format].title}.`}
        {(said.kind === 'done' || said.kind === 'refused') && said.text}
      </p>
    </>
  );
}

function Ranges({ range, onRange }: { readonly range: Range; onRange(range: Range): void }) {
  const window = useLab((state) => state.window);
  const endUs = useLab((state) => state.run?.simulatedUs ?? 0);
  const unit = unitOf(endUs);
  const words = (fromUs: number, toUs: number) =>
    `${formatTime(fromUs, unit)} to ${formatTime(toUs, unit)} ${unit.name}`;
  const options = [
    { value: 'window', name: 'The window in view', span: words(window.fromUs, window.toUs) },
    { value: 'run', name: 'The whole run', span: words(0, endUs) },
  ] as const;
  return (
    <fieldset className={styles.ranges}>
      <legend className="sr">What to export</legend>
      {options.map(({ value, name, span }) => (
        <label key={value}>
          <input type="radio" name="export-range" checked={range === value} onChange={() => onRange(value)} />
          <span>{name}</span>
          <span className="data quiet">{span}</span>
        </label>
      ))}
    </fieldset>
  );
}

/** A picture numbers the versions of the key in view; data hold every key. */
function taskOf(state: LabState, format: ExportName, range: Range) {
  const { applied, model, window, timeUs, focus } = state;
  const { variant, seed, set, faults } = applied;
  const link = formatLink(linkOf(state, applied, {}));
  const drawn = format === 'svg' || format === 'frame' || format === 'mermaid';
  return {
    request: { model: model.id, scenario: scenarioOf(state, applied), variant, seed, set, faults },
    format,
    options: {
      ...(range === 'window' && { fromUs: window.fromUs, toUs: window.toUs }),
      ...(drawn && focus.key !== '' && { key: focus.key }),
      atUs: Math.round(timeUs),
      replay: replayCommand(link),
    },
  };
}

/** What is wrong, with a way on that the lab has. */
function refusal({ problems }: Extract<ExportAnswer, { ok: false }>, range: Range): Said {
  const wayOn = range === 'run' ? 'Export the window in view instead.' : 'Zoom in until the window holds less.';
  const words = problems.map((problem) =>
    describeProblem(problem.field === 'from, to' ? { ...problem, field: 'The range', fix: wayOn } : problem),
  );
  return { kind: 'refused', text: words.join(' ') };
}

async function delivered(state: LabState, { text, extension, mediaType }: Written, deed: Deed): Promise<Said> {
  const size = `${formatCount(Math.ceil(text.length / 1024))} KB`;
  if (deed === 'copy') {
    if (await copyText(text)) return { kind: 'done', text: `Copied, ${size}.` };
    return { kind: 'refused', text: 'The browser did not allow copying. Download it instead.' };
  }
  const { scenario = state.model.id, variant, seed } = state.applied;
  const name = [scenario, variant, seed].filter((part) => part !== undefined).join('-');
  save(`${name}.${extension}`, new Blob([text], { type: mediaType }));
  return { kind: 'done', text: `Saved ${name}.${extension}, ${size}.` };
}

function save(name: string, blob: Blob): void {
  const url = URL.createObjectURL(blob);
  const anchor = document.createElement('a');
  anchor.href = url;
  anchor.download = name;
  anchor.click();
  // The browser reads the file after the click has returned.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
