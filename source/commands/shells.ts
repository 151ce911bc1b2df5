/** The shells that command lines can be completed in. */
export const shells = ['bash', 'zsh', 'fish'] as const;

export type Shell = (typeof shells)[number];

export const findShell = (name: string): Shell | undefined => shells.find(each => each === name);
