/** Values with their units, for people and for the clipboard. */
import type {Field, FieldValue, NumberUnit} from '../../fields/model/field.js';
import {formatValue} from '../../fields/model/format.js';
import {cellText} from '../look/cell-text.js';

/** What stands behind a number. Formats of a field's own say what they mean. */
const units: Readonly<Record<NumberUnit, string>> = {
	none: '', hexadecimal: '', count: '', segments: ' segments', bytes: 'B', bytesPerSecond: 'B/s', milliseconds: ' ms', age: '',
};

/** The text of a value, with its unit. */
export const valueText = (field: Field, value: FieldValue): string => {
	const text = cellText(field, value);
	return field.kind === 'number' && typeof value === 'number' && field.format === undefined ? text + unitAfter(field.unit, text) : text;
};

/** What follows the text of a number. Long times bring their own unit. */
const unitAfter = (unit: NumberUnit, text: string): string => {
	if (unit === 'segments' && text === '1') {
		return ' segment';
	}

	return unit === 'milliseconds' && !/\d$/v.test(text) ? '' : units[unit];
};

const isLeast = (value: FieldValue): value is {readonly atLeast: number} => typeof value === 'object' && 'atLeast' in value;

/** What the clipboard gets: numbers in full, as JSON has them, without a unit; texts as they are shown, because a terminal may be where they are pasted. */
export const copyText = (field: Field, value: FieldValue): string => {
	const number = isLeast(value) ? value.atLeast : value;
	if (typeof number !== 'number') {
		return formatValue(field, value);
	}

	const isInWords = field.kind === 'number' && (field.unit === 'hexadecimal' || (field.unit === 'none' && field.format !== undefined));
	return isInWords ? formatValue(field, number) : String(Math.round(number * 1000) / 1000);
};
