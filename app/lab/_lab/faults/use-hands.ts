'use client';

import { useMemo, useState } from 'react';
import { describeProblem, type Fault } from '../../../../simulations/index.ts';
import { scenarioOf } from '../../../_run/setup.ts';
import type { ClientPoint, HandActs, HandTarget } from '../../../_stage/marks/stage-hands.tsx';
import { useActions, useLab, useLabStore } from '../state/context.tsx';
import type { LabState } from '../state/store.ts';
import { cutAct, type HandAct, handMade } from './by-hand.ts';

/** A menu that was asked for. */
export interface HandMenuRequest {
  /** Tells one request from the next. */
  readonly number: number;
  readonly target: HandTarget;
  readonly at: ClientPoint;
  /** What had the focus, and gets it back. */
  readonly origin: Element | null;
}

/** What a hand has just done, as long as it is in the script in view. */
export interface HandDone {
  readonly number: number;
  readonly fault: Fault;
  readonly ended: boolean;
  readonly at: ClientPoint;
  readonly origin: Element | null;
}

export interface Hands {
  readonly acts: HandActs;
  readonly menu: HandMenuRequest | undefined;
  readonly done: HandDone | undefined;
  /** Why nothing could be done. */
  readonly refused: string | undefined;
  act(act: Extract<HandAct, { do: 'make' | 'end' }>, request: Omit<HandMenuRequest, 'target' | 'number'>): void;
  /** Changes the fault that was just made. */
  revise(fault: Fault): void;
  closeMenu(request: HandMenuRequest): void;
}

/** The script in view. */
export function scriptOf(state: LabState): readonly Fault[] {
  return state.setup.faults ?? scenarioOf(state, state.setup)?.faults ?? [];
}

/** Faults by hand on the stage: what was asked for, what was done, and the ways to do it. Each begins at the moment in view, on a branch. */
export function useHands(): Hands {
  const store = useLabStore();
  const { fork, pause, seek, revise } = useActions();
  const [menu, setMenu] = useState<HandMenuRequest | undefined>();
  const [done, setDone] = useState<HandDone | undefined>();
  const [refused, setRefused] = useState<string | undefined>();
  const fault = useLab((state) =>
    done === undefined ? undefined : scriptOf(state).find(({ id }) => id === done.fault.id),
  );
  const stable = useMemo(() => {
    let number = 0;
    const act: Hands['act'] = (what, { at, origin }) => {
      const { run, timeUs, ...state } = store.getState();
      if (run === undefined) return;
      setDone(undefined);
      if (timeUs >= run.simulatedUs) return setRefused('The run is over at this moment. Go back to an earlier one.');
      const made = handMade(scriptOf({ run, timeUs, ...state }), what, timeUs);
      pause();
      fork(made.faults);
      const { problems, setup } = store.getState();
      if (setup.faults !== made.faults) return setRefused(problems.map(describeProblem).join(' '));
      // The moment after the fault, so that it is seen.
      seek(timeUs + 1);
      setRefused(undefined);
      setDone({ number: number++, fault: made.fault, ended: what.do === 'end', at, origin });
    };
    const acts: HandActs = {
      onCut: (cut, at) => {
        const { run } = store.getState();
        if (run !== undefined) act(cutAct(run, cut), { at, origin: document.activeElement });
      },
      onMenu: (target, at) => {
        pause();
        setMenu({ number: number++, target, at, origin: document.activeElement });
      },
    };
    // The menu that closes may not be the one in view any more.
    const closeMenu = (request: HandMenuRequest) => setMenu((now) => (now === request ? undefined : now));
    return { acts, act, closeMenu };
  }, [store, fork, pause, seek]);
  return {
    ...stable,
    menu,
    // Undone, edited away, or on a branch that is not in view.
    done: done === undefined || fault === undefined ? undefined : { ...done, fault },
    refused,
    revise: (changed) => {
      const script = scriptOf(store.getState());
      revise(script.map((other) => (other.id === changed.id ? changed : other)));
    },
  };
}
