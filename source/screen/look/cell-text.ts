import type {Field, FieldValue} from '../../fields/model/field.js';
import {formatValue} from '../../fields/model/format.js';
import {textWidth} from '../../text/width.js';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

/**
Steps in which an age grows on the screen, in milliseconds. If every age showed its seconds, every row would change with every sample, and all of the
screen would have to be drawn and sent again. An age that is but the least one is no less true when it is rounded down more.
*/
const stepOf = (age: number, isLeast: boolean): number => {
	if (age < minute) {
		return isLeast ? 10 * second : second;
	}

	return isLeast ? minute : 10 * second;
};

const calm = (age: number, isLeast: boolean): number => {
	const step = stepOf(age, isLeast);
	return age < hour ? Math.floor(age / step) * step : age;
};

const isLeastValue = (value: FieldValue | undefined): value is {readonly atLeast: number} => typeof value === 'object' && 'atLeast' in value;

/** The text of a cell of the table, harmless for the terminal, not shortened. */
export const cellText = (field: Field, value: FieldValue | undefined): string => {
	if (field.kind !== 'number' || field.unit !== 'age' || field.format !== undefined) {
		return formatValue(field, value);
	}

	return isLeastValue(value) ? formatValue(field, {atLeast: calm(value.atLeast, true)}) : formatValue(field, typeof value === 'number' ? calm(value, false) : value);
};

/** The texts of a field's cells, from above, where numbers of one column are in one form. */
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
