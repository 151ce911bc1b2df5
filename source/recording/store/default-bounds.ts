/** Bounds of a recording where a person gives none. */
export const defaultBounds = {keep: '7d', maxSize: '500M'} as const;
