/** Lengths of an animation, in seconds: the stretch is played in that time. Longer ones are too large to send around. */
export const animationSeconds = [5, 10, 20] as const;
export type AnimationSeconds = (typeof animationSeconds)[number];
