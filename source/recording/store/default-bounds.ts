/** Default bounds of a recording. */
export const defaultBounds = {keep: '7d', maxSize: '500M'} as const;
