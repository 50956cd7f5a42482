'use client';

import { useEffect } from 'react';
import { AWAKE } from './paint-first.js';

/** Tells the document that React has taken the page over: what was pressed before is done now (`paint-first.js`). */
export function Awake() {
  useEffect(() => {
    document.dispatchEvent(new Event(AWAKE));
  }, []);
  return null;
}
