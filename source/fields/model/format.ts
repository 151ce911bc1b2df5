import type {Owner} from '../../owners/owner.js';
import {formatDuration, formatMilliseconds} from '../../text/duration.js';
import {escapeText} from '../../text/escape.js';
import {formatBytes, formatCount, formatRate} from '../../text/units.js';
import type {Field, FieldValue, NumberUnit} from './field.js';
import {formatHex} from './hexadecimal.js';

const formats: Readonly<Record<NumberUnit, (value: number) => string>> = {
	none: String,
	hexadecimal: formatHex,
	count: formatCount,
	segments: formatCount,
	bytes: formatBytes,
	bytesPerSecond: formatRate,
	milliseconds: formatMilliseconds,
	age: formatDuration,
};

const formatNumber = (field: Field, value: number): string => field.kind === 'number' ? (field.format ?? formats[field.unit])(value) : String(value);

const isOwners = (value: FieldValue): value is readonly Owner[] => Array.isArray(value);

/** Formats the text of one cell: escaped for the terminal, not shortened. An absent number is `-`, an absent text is empty; a lower bound has a plus sign. */
export const formatValue = (field: Field, value: FieldValue | undefined): string => {
	if (value === undefined) {
		return field.kind === 'number' ? '-' : '';
	}

	if (typeof value === 'number') {
		return formatNumber(field, value);
	}

	if (typeof value === 'string') {
		return escapeText(value);
	}

	return isOwners(value)
		? value.map(({name, pid}) => `${escapeText(name)}/${pid}`).join(', ')
		: `${formatNumber(field, value.atLeast)}+`;
};

/** The value of one field in JSON and CSV. */
export type JsonValue = number | string | ReadonlyArray<{readonly pid: number; readonly name: string; readonly fd?: number}>;

/**
Converts a value for JSON: numbers in the field's unit (rates rounded to whole numbers), hexadecimal numbers as shown text, texts and names unescaped but
well-formed. Returns undefined, which leaves the key out, for absent values and for lower bounds: a program would take a lower bound for the exact value.
*/
export const jsonValue = (field: Field, value: FieldValue | undefined): JsonValue | undefined => {
	if (typeof value === 'number') {
		if (field.kind === 'number' && field.unit === 'hexadecimal') {
			return formatNumber(field, value);
		}

		const exact = field.kind === 'number' && field.unit === 'bytesPerSecond' ? Math.round(value) : value;
		return Number.isFinite(exact) ? exact : undefined;
	}

	if (typeof value === 'string') {
		return value.toWellFormed();
	}

	return value !== undefined && isOwners(value)
		? value.map(({pid, name, fd}) => ({pid, name: name.toWellFormed(), ...(fd !== undefined && {fd})}))
		: undefined;
};
