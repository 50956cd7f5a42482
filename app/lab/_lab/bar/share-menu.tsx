'use client';

import { useId, useState } from 'react';
import { formatLink } from '../../../../simulations/index.ts';
import { PictureCopies } from '../../../_embed/copy/picture-copies.tsx';
import type { PictureRange } from '../../../_embed/copy/source.ts';
import { TextCopies } from '../../../_embed/copy/text-copies.tsx';
import { embedAddress, type Show } from '../../../_embed/embed-address.ts';
import { replayCommand } from '../../../_run/replay.ts';
import { linkOf, scenarioOf } from '../../../_run/setup.ts';
import { addressOf } from '../state/address.ts';
import { useLabStore } from '../state/context.tsx';
import { formatTime, unitOf } from '../state/format.ts';
import { useShownVerdict, useVariant } from '../state/hooks.ts';
import type { LabState } from '../state/store.ts';
import styles from './share-menu.module.css';

const showWords: Readonly<Record<Show, string>> = {
  'space-time': 'the space-time diagram',
  stage: 'the stage',
  pair: 'both runs in step',
};

/** The run in view in every form in which documents take it. It stands still while the menu is open. */
export function ShareMenu() {
  const store = useLabStore();
  const [state] = useState(() => store.getState());
  const [show, setShow] = useState<Show>(shows(state)[0]!);
  const variant = useVariant();
  const verdict = useShownVerdict()?.verdict;
  const id = useId();
  const address = addressOf(state);
  const title = [scenarioOf(state, state.applied)?.title ?? state.model.title, variant?.title]
    .filter((part) => part !== undefined)
    .join(': ');
  return (
    <>
      <p className={styles.show}>
        <label htmlFor={id}>An embedded run shows</label>
        <select id={id} value={show} onChange={({ target }) => setShow(target.value as Show)}>
          {shows(state).map((one) => (
            <option key={one} value={one}>
              {showWords[one]}
            </option>
          ))}
        </select>
      </p>
      <TextCopies
        link={location.origin + address}
        src={location.origin + embedAddress(address, { show })}
        title={title}
        finding={verdict?.status === 'violated' ? verdict.sentence : undefined}
      />
      <div className={styles.pictures}>
        <PictureCopies ranges={rangesOf(state)} choice="Stretch" />
      </div>
    </>
  );
}

/** An embedded run shows two only where it can make the second one: it has no branches. */
function shows({ beside }: LabState): readonly Show[] {
  const single = ['space-time', 'stage'] as const;
  return beside === undefined || beside.kind === 'branch' ? single : ['pair', ...single];
}

/** The window in view, and the whole run. A picture numbers the versions of the key in view. */
function rangesOf(state: LabState): readonly PictureRange[] {
  const { applied, model, window, timeUs, focus, run } = state;
  const { variant, seed, set, faults } = applied;
  const scenario = scenarioOf(state, applied);
  const endUs = run?.simulatedUs ?? window.toUs;
  const unit = unitOf(endUs);
  const stretch = (name: string, fromUs: number, toUs: number): PictureRange => ({
    label: `${name}, ${formatTime(fromUs, unit)} to ${formatTime(toUs, unit)} ${unit.name}`,
    request: { model: model.id, scenario, variant, seed, set, faults },
    fromUs,
    toUs,
    atUs: Math.round(timeUs),
    key: focus.key,
    replay: replayCommand(formatLink(linkOf(state, applied, {}))),
    name: [scenario?.id ?? model.id, variant, seed ?? scenario?.seed].filter((part) => part !== undefined).join('-'),
  });
  return [
    stretch('The window in view', Math.round(window.fromUs), Math.round(window.toUs)),
    stretch('The whole run', 0, endUs),
  ];
}
