'use client';

import { lazy, Suspense, useRef, useState } from 'react';
import type { Fault } from '../../../../simulations/index.ts';
import { scenarioOf } from '../../../_run/setup.ts';
import { PaneHead } from '../parts/pane-head.tsx';
import { useActions, useLab } from '../state/context.tsx';
import { unitOf } from '../state/format.ts';
import { FaultEditor } from './fault-editor.tsx';
import { FaultRow } from './fault-row.tsx';
import type { TextDraft } from './fault-text.tsx';
import styles from './faults-panel.module.css';
import { type FaultsTab, FaultsTabs } from './faults-tabs.tsx';
import { Fork } from './fork.tsx';
import { withFault, withoutFault } from './script.ts';

const FaultTimeline = lazy(() => import('./fault-timeline.tsx').then((view) => ({ default: view.FaultTimeline })));

// The text form brings the YAML parser with it.
const FaultText = lazy(() => import('./fault-text.tsx').then((view) => ({ default: view.FaultText })));

const NONE: readonly Fault[] = [];

/** What the editor is open on: a fault of the script, or a new one on a branch of its own. */
interface Editing {
  readonly fault: Fault;
  readonly forks: boolean;
}

/** The fault script, as a list, a timeline or text: to add, move, edit, take away, undo. */
export function FaultsPanel() {
  const run = useLab((state) => state.run);
  const edited = useLab((state) => state.setup.faults);
  const scripted = useLab((state) => scenarioOf(state, state.setup)?.faults);
  const { setFaults, fork } = useActions();
  const [editing, setEditing] = useState<Editing | undefined>();
  const [tab, setTab] = useState<FaultsTab>('list');
  const [draft, setDraft] = useState<TextDraft | undefined>();
  const dialog = useRef<HTMLDialogElement>(null);
  const faults = edited ?? scripted ?? NONE;
  const edit = (fault: Fault, forks = false) => {
    setEditing({ fault, forks });
    dialog.current?.showModal();
  };
  const save = (fault: Fault) => {
    const script = withFault(faults, fault, editing?.fault.id);
    if (editing?.forks === true) fork(script);
    else setFaults(script);
    dialog.current?.close();
  };
  const unit = unitOf(run?.simulatedUs ?? 0).name;
  return (
    <div className={styles.panel}>
      <PaneHead title="Faults" detail={`${faults.length}, in ${unit}`}>
        <Tools edited={edited !== undefined} />
      </PaneHead>
      <FaultsTabs tab={tab} onTab={setTab}>
        {tab === 'list' && (
          <List faults={faults} onEdit={edit} onRemove={(fault) => setFaults(withoutFault(faults, fault.id))} />
        )}
        <Suspense fallback={null}>
          {tab === 'timeline' && run !== undefined && (
            <FaultTimeline
              faults={faults}
              run={run}
              onChange={(fault) => setFaults(withFault(faults, fault, fault.id))}
              onEdit={edit}
              onRemove={(fault) => setFaults(withoutFault(faults, fault.id))}
            />
          )}
          {tab === 'text' && run !== undefined && (
            <FaultText faults={faults} run={run} draft={draft} onDraft={setDraft} onApply={setFaults} />
          )}
        </Suspense>
      </FaultsTabs>
      <Fork faults={faults} onEdit={(fault) => edit(fault, true)} />
      <dialog
        ref={dialog}
        className={styles.dialog}
        aria-labelledby="fault-editor-title"
        onClose={() => setEditing(undefined)}
      >
        {editing !== undefined && run !== undefined && (
          <FaultEditor
            key={editing.fault.id}
            fault={editing.fault}
            faults={faults}
            run={run}
            onSave={save}
            onCancel={() => dialog.current?.close()}
          />
        )}
      </dialog>
    </div>
  );
}

interface ListProps {
  readonly faults: readonly Fault[];
  onEdit(fault: Fault): void;
  onRemove(fault: Fault): void;
}

function List({ faults, onEdit, onRemove }: ListProps) {
  return (
    <ul className={styles.list} data-testid="faults">
      {faults.map((fault) => (
        <FaultRow key={fault.id} fault={fault} onEdit={() => onEdit(fault)} onRemove={() => onRemove(fault)} />
      ))}
      {faults.length === 0 && <li className={styles.none}>None. The network and the hosts do what they should.</li>}
    </ul>
  );
}

/** Undo, redo, and back to the scenario's own script. */
function Tools({ edited }: { readonly edited: boolean }) {
  const canUndo = useLab((state) => state.undone.length > 0);
  const canRedo = useLab((state) => state.redone.length > 0);
  const { undo, redo, setFaults } = useActions();
  const tools = [
    { name: 'undo', does: 'Undo the last edit of the faults', can: canUndo, act: undo },
    { name: 'redo', does: 'Redo the edit of the faults', can: canRedo, act: redo },
    {
      name: 'reset',
      does: 'Back to the faults as the scenario has them',
      can: edited,
      act: () => setFaults(undefined),
    },
  ];
  return (
    <span className={styles.tools}>
      {tools.map(({ name, does, can, act }) => (
        <button
          key={name}
          type="button"
          className="data"
          title={does}
          disabled={!can}
          onClick={act}
          data-testid={`faults-${name}`}
        >
          {name}
        </button>
      ))}
    </span>
  );
}
