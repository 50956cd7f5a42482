/** Size of a scenario's card in px: what Open Graph readers expect. */
export const CARD_SIZE = { width: 1200, height: 630 } as const;
