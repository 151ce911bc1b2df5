import type {Field, FieldValue} from '../../fields/model/field.js';
import {formatValue} from '../../fields/model/format.js';
import {textWidth} from '../../text/width.js';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

/**
The step, in milliseconds, to which an age is rounded down on the screen. With exact seconds every row would change in every sample, and the whole screen would
have to be redrawn. Lower bounds are rounded more coarsely; they remain correct.
*/
const stepOf = (age: number, isLeast: boolean): number => {
	if (age < minute) {
		return isLeast ? 10 * second : second;
	}

	return isLeast ? minute : 10 * second;
};

const roundAge = (age: number, isLeast: boolean): number => {
	const step = stepOf(age, isLeast);
	return age < hour ? Math.floor(age / step) * step : age;
};

const isLeastValue = (value: FieldValue | undefined): value is {readonly atLeast: number} => typeof value === 'object' && 'atLeast' in value;

/** The text of a table cell, escaped for the terminal and not truncated. */
export const cellText = (field: Field, value: FieldValue | undefined): string => {
	if (field.kind !== 'number' || field.unit !== 'age' || field.format !== undefined) {
		return formatValue(field, value);
	}

	return isLeastValue(value) ? formatValue(field, {atLeast: roundAge(value.atLeast, true)}) : formatValue(field, typeof value === 'number' ? roundAge(value, false) : value);
};

/** The texts of a field's cells, top to bottom, with all numbers in the same format: the first one in which they fit the column, else the last. */
export const columnTexts = (field: Field, values: ReadonlyArray<FieldValue | undefined>): readonly string[] => {
	const formats = field.kind === 'number' ? field.columnFormats : undefined;
	if (formats === undefined) {
		return values.map(value => cellText(field, value));
	}

	const written = (format: (value: number) => string): readonly string[] => values.map(value => typeof value === 'number' ? format(value) : cellText(field, value));
	for (const format of formats.slice(0, -1)) {
		const texts = written(format);
		if (texts.every(text => textWidth(text) <= field.width.max)) {
			return texts;
		}
	}

	return written(formats.at(-1) ?? String);
};
