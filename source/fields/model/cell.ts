import type {
	Field,
	FieldValue,
	Tone,
	FieldContext,
} from './field.js';

/** Reads the value of a field for a cell or for JSON; undefined if it is absent. A number that is only a lower bound is wrapped as `{atLeast}`. */
export const readCell = (field: Field, context: FieldContext, slot: number): FieldValue | undefined => {
	if (field.kind !== 'number' || !field.isMinimum?.(context, slot)) {
		return field.read(context, slot);
	}

	const value = field.read(context, slot);
	return value === undefined ? undefined : {atLeast: value};
};

/** Returns the colour role of a cell; undefined means plain, as for absent values. */
export const readTone = (field: Field, context: FieldContext, slot: number): Tone | undefined => {
	switch (field.kind) {
		case 'number': {
			const value = field.tone && field.read(context, slot);
			return value === undefined ? undefined : field.tone?.(value, context, slot);
		}

		case 'text': {
			const value = field.tone && field.read(context, slot);
			return value === undefined ? undefined : field.tone?.(value, context, slot);
		}

		case 'owners': {
			return 'process';
		}
	}
};
