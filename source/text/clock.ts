/** Formats milliseconds since the epoch as local time of day: `14:03:05`. */
export const formatClock = (milliseconds: number): string => new Date(milliseconds).toTimeString().slice(0, 8);
