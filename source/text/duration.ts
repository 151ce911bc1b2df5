const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
const year = 365 * day;

const twoDigits = (value: number): string => String(value).padStart(2, '0');

/**
Formats a duration in at most five columns, which leaves room for a mark: `42s`, `3m05`, `2h15`, `3d04h`, `45d`, `4.2y`. Rounds down.

@param milliseconds Not negative.
*/
export const formatDuration = (milliseconds: number): string => {
	if (milliseconds < minute) {
		return `${Math.floor(milliseconds / second)}s`;
	}

	if (milliseconds < hour) {
		return `${Math.floor(milliseconds / minute)}m${twoDigits(Math.floor(milliseconds % minute / second))}`;
	}

	if (milliseconds < day) {
		return `${Math.floor(milliseconds / hour)}h${twoDigits(Math.floor(milliseconds % hour / minute))}`;
	}

	if (milliseconds < 10 * day) {
		return `${Math.floor(milliseconds / day)}d${twoDigits(Math.floor(milliseconds % day / hour))}h`;
	}

	if (milliseconds < 2 * year) {
		return `${Math.floor(milliseconds / day)}d`;
	}

	const years = Math.floor(milliseconds / (year / 10)) / 10;
	return years < 100 ? `${years.toFixed(1)}y` : `${Math.min(Math.floor(years), 9999)}y`;
};

/**
Formats milliseconds in at most five columns, for a column whose heading says "ms": `0.004`, `0.03`, `0.42`, `12.3`, `150`, `2100`. From 100,000 ms on, whole
seconds with their unit (`4295s` is the longest round-trip time that the kernel can report).

@param milliseconds Not negative.
*/
export const formatMilliseconds = (milliseconds: number): string => {
	if (milliseconds === 0) {
		return '0';
	}

	if (milliseconds < 0.0095) {
		return Math.max(milliseconds, 0.001).toFixed(3);
	}

	if (milliseconds < 9.995) {
		return milliseconds.toFixed(2);
	}

	if (milliseconds < 99.95) {
		return milliseconds.toFixed(1);
	}

	return milliseconds < 99_999.5 ? milliseconds.toFixed(0) : `${Math.min(Math.round(milliseconds / second), 9999)}s`;
};

const units: ReadonlyArray<readonly [name: string, milliseconds: number]> = [
	['y', year],
	['w', 7 * day],
	['d', day],
	['h', hour],
	['m', minute],
	['s', second],
	['ms', 1],
	['us', 0.001],
];

const partPattern = /(?<digits>\d+(?:\.\d*)?|\.\d+)(?<name>[Uu\u{B5}\u{3BC}][Ss]|[Mm][Ss]|[DHMSWYdhmswy])?/gv;

/**
Parses a duration into milliseconds: `200us`, `50ms`, `10s`, `5m`, `1h30m`, `2d`, and what `formatDuration` writes (`3m05`, `2h15`). Units must come in
descending order. Returns undefined for anything else, including a number without a unit.
*/
export const parseDuration = (text: string): number | undefined => {
	let total = 0;
	let previous = -1;
	let read = 0;
	for (const {0: part, index, groups} of text.matchAll(partPattern)) {
		const unit = unitOf(groups?.name, previous);
		if (index !== read || unit <= previous) {
			return undefined;
		}

		total += Number(groups?.digits) * units[unit][1];
		previous = unit;
		read += part.length;
	}

	return read > 0 && read === text.length && Number.isFinite(total) ? total : undefined;
};

/** Index of a unit in `units`, -1 if there is none. A number without a unit means seconds after minutes and minutes after hours. */
const unitOf = (name: string | undefined, previous: number): number => {
	if (name === undefined) {
		const before = units[previous]?.[0];
		return before === 'h' || before === 'm' ? previous + 1 : -1;
	}

	const lower = name.toLowerCase().replace(/[\u{B5}\u{3BC}]/v, 'u');
	return units.findIndex(([unit]) => unit === lower);
};
