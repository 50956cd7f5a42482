'use client';

import { useRef, useState } from 'react';
import type { Fault } from '../../../../simulations/index.ts';
import { PaneHead } from '../parts/pane-head.tsx';
import { useActions, useLab } from '../state/context.tsx';
import { unitOf } from '../state/format.ts';
import { scenarioOf } from '../state/setup.ts';
import { FaultEditor } from './fault-editor.tsx';
import { FaultRow } from './fault-row.tsx';
import styles from './faults-panel.module.css';
import { Fork } from './fork.tsx';
import { withFault, withoutFault } from './script.ts';

/** What the editor is open on: a fault of the script, or a new one on a branch of its own. */
interface Editing {
  readonly fault: Fault;
  readonly forks: boolean;
}

/** The fault script: each fault with its stretch of time, to add, edit, take away, undo. */
export function FaultsPanel() {
  const run = useLab((state) => state.run);
  const edited = useLab((state) => state.setup.faults);
  const scripted = useLab((state) => scenarioOf(state, state.setup)?.faults);
  const { setFaults, fork } = useActions();
  const [editing, setEditing] = useState<Editing | undefined>();
  const dialog = useRef<HTMLDialogElement>(null);
  const faults = edited ?? scripted ?? [];
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
      <ul className={styles.list} data-testid="faults">
        {faults.map((fault) => (
          <FaultRow
            key={fault.id}
            fault={fault}
            onEdit={() => edit(fault)}
            onRemove={() => setFaults(withoutFault(faults, fault.id))}
          />
        ))}
        {faults.length === 0 && <li className={styles.none}>None. The network and the hosts do what they should.</li>}
      </ul>
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
