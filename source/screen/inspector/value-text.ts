/** Formats values with their units, for display and for the clipboard. */
import type {Field, FieldValue, NumberUnit} from '../../fields/model/field.js';
import {formatValue} from '../../fields/model/format.js';
import {cellText} from '../look/cell-text.js';

/** Units after numbers. Fields with their own format include the unit. */
const units: Readonly<Record<NumberUnit, string>> = {
	none: '', hexadecimal: '', count: '', segments: ' segments', bytes: 'B', bytesPerSecond: 'B/s', milliseconds: ' ms', age: '',
};

/** The text of a value, with its unit. */
export const valueText = (field: Field, value: FieldValue): string => {
	const text = cellText(field, value);
	return field.kind === 'number' && typeof value === 'number' && field.format === undefined ? text + unitAfter(field.unit, text) : text;
};

/** The unit after a number. Long times already include one. */
const unitAfter = (unit: NumberUnit, text: string): string => {
	if (unit === 'segments' && text === '1') {
		return ' segment';
	}

	return unit === 'milliseconds' && !/\d$/v.test(text) ? '' : units[unit];
};

const isLeast = (value: FieldValue): value is {readonly atLeast: number} => typeof value === 'object' && 'atLeast' in value;

/** Text for the clipboard: numbers in full and without a unit, as in JSON; texts escaped as on the screen, because they may be pasted into a terminal. */
export const copyText = (field: Field, value: FieldValue): string => {
	const number = isLeast(value) ? value.atLeast : value;
	if (typeof number !== 'number') {
		return formatValue(field, value);
	}

	const isInWords = field.kind === 'number' && (field.unit === 'hexadecimal' || (field.unit === 'none' && field.format !== undefined));
	return isInWords ? formatValue(field, number) : String(Math.round(number * 1000) / 1000);
};
