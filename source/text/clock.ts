const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

/** The time of day, with the date where that is not today's: `Nov 26 14:03:05`. */
export const formatMoment = (milliseconds: number, now: number): string => {
	const date = new Date(milliseconds);
	const isToday = date.toDateString() === new Date(now).toDateString();
	return isToday ? formatClock(milliseconds) : `${months[date.getMonth()]} ${String(date.getDate()).padStart(2)} ${formatClock(milliseconds)}`;
};

/** The time of day, local: `14:03:05`. */
export const formatClock = (milliseconds: number): string => new Date(milliseconds).toTimeString().slice(0, 8);
