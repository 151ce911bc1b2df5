/** Parses and formats moments. */
import {parseDuration} from './duration.js';

const clockPattern = /^(?:(?<day>yesterday|today)\s+)?(?<hour>\d{1,2}):(?<minute>\d\d)(?::(?<second>\d\d(?:\.\d+)?))?$/iv;
const isoPattern = /^\d{4}-\d\d-\d\d(?:[ Tt]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|z|[+\-]\d\d:?\d\d)?)?$/v;
const backPattern = /^-(?<duration>.+)$/v;

/** Accepted forms of a moment, for messages. */
export const momentForms = '03:12, "yesterday 03:12", -3m or 2026-11-27T03:12:00Z';

/**
Parses a moment. A time of day without a date is its last occurrence. The default time zone is that of this machine.

@param now The current time in milliseconds since 1970, to which `-3m` is relative.
@returns Milliseconds since 1970; undefined if the text is not a moment.
*/
export const parseMoment = (text: string, now: number): number | undefined => {
	const trimmed = text.trim();
	if (trimmed.toLowerCase() === 'now') {
		return now;
	}

	const back = backPattern.exec(trimmed)?.groups?.duration;
	if (back !== undefined) {
		const duration = parseDuration(back.trim());
		return duration === undefined ? undefined : now - duration;
	}

	const clock = clockPattern.exec(trimmed)?.groups;
	if (clock !== undefined) {
		return momentOfDay(clock, now);
	}

	if (!isoPattern.test(trimmed)) {
		return undefined;
	}

	// A date alone is in local time, but `Date.parse` would use UTC.
	const moment = Date.parse(trimmed.length === 10 ? `${trimmed}T00:00` : trimmed.replace(' ', 'T').toUpperCase());
	return Number.isNaN(moment) ? undefined : moment;
};

const momentOfDay = ({day, hour, minute, second = '0'}: Readonly<Record<string, string | undefined>>, now: number): number | undefined => {
	const [hours, minutes, seconds] = [Number(hour), Number(minute), Number(second)];
	if (hours > 23 || minutes > 59 || seconds >= 60) {
		return undefined;
	}

	const date = new Date(now);
	date.setHours(hours, minutes, Math.floor(seconds), Math.round((seconds % 1) * 1000));
	// Not all days have 24 hours, so subtract a calendar day.
	if (day?.toLowerCase() === 'yesterday' || (day === undefined && date.getTime() > now)) {
		date.setDate(date.getDate() - 1);
	}

	return date.getTime();
};

const twoDigits = (value: number): string => String(value).padStart(2, '0');

/** Formats a moment in local time: `2026-11-27 03:12:05`. */
export const formatMoment = (milliseconds: number): string => {
	const date = new Date(milliseconds);
	return `${date.getFullYear()}-${twoDigits(date.getMonth() + 1)}-${twoDigits(date.getDate())} ${date.toTimeString().slice(0, 8)}`;
};
