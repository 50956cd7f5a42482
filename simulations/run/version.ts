/** The engine's version: part of a run's identity. Raised whenever a recorded digest changes. */
export const engineVersion = '0.2.0';
