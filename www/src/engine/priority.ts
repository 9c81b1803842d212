/** What goes first. In: nothing. Out: the ranks of requests and what may be said with each. Who keeps to them is the queue before the workers. */

/** The higher goes first; equal ones in the order they were asked for. */
export const Priority = {
  /** What somebody looks at alone: the loupe, a delivery under way. */
  now: 3,
  /** On the screen. */
  visible: 2,
  /** About to scroll in. */
  near: 1,
  /** The rest of the matrix. */
  rest: 0,
} as const;
export type Priority = (typeof Priority)[keyof typeof Priority];

export interface RequestOptions {
  /** @default Priority.visible */
  priority?: Priority;
  /** Aborting drops the request where it still waits and ignores its result where not: it rejects with AbortError. */
  signal?: AbortSignal;
}
