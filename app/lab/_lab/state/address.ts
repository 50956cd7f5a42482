'use client';

import { useEffect } from 'react';
import { formatLink } from '../../../../simulations/index.ts';
import { linkOf } from '../../../_run/setup.ts';
import type { LabActions } from './context.tsx';
import type { LabState, LabStore } from './store.ts';
import { linkTree } from './tree.ts';

/** Browsers refuse more than about a hundred address changes in half a minute. */
const WAIT_MS = 350;

/** The address of what is in view, without the origin: run, tree and look, nothing else. */
export function addressOf(state: LabState): string {
  const { applied, steps, selected, focus, window, verdict, beside, teaching, presenting, lower, lanes } = state;
  return formatLink({
    ...linkOf(state, applied, {
      step: steps,
      ...(selected !== undefined && selected !== steps - 1 && { select: selected }),
      ...(focus.key !== '' && { key: focus.key }),
      fromUs: window.fromUs,
      toUs: window.toUs,
      ...(verdict !== undefined && { verdict }),
      ...(beside !== undefined && { compare: beside }),
      ...(teaching !== undefined && { teach: teaching }),
      ...(presenting && { present: true as const }),
      ...(lower !== 'spaceTime' && { lower }),
      lanes,
    }),
    ...linkTree(state),
  });
}

/** Opens the address, then keeps it true to what is in view. A frame while playing does not write it. */
export function useAddress(store: LabStore, actions: LabActions): void {
  useEffect(() => {
    const open = () => actions.open(location.href);
    const stop = keepAddress(store);
    open();
    addEventListener('popstate', open);
    addEventListener('hashchange', open);
    return () => {
      stop();
      removeEventListener('popstate', open);
      removeEventListener('hashchange', open);
    };
  }, [store, actions]);
}

function keepAddress(store: LabStore): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const write = () => {
    timer = undefined;
    const state = store.getState();
    if (state.phase.kind !== 'ready' || state.playing) return;
    const address = addressOf(state);
    if (address !== location.pathname + location.search + location.hash)
      history.replaceState(history.state, '', address);
  };
  const stop = store.subscribe((state, before) => {
    if (state.playing && before.playing) return;
    clearTimeout(timer);
    timer = setTimeout(write, WAIT_MS);
  });
  return () => {
    stop();
    clearTimeout(timer);
  };
}
