import type {
	Field,
	FieldValue,
	Tone,
	World,
} from './field.js';

/** Reads the value of a field for a cell or for JSON; undefined if it is absent. A number that is only a lower bound is wrapped as `{atLeast}`. */
export const readCell = (field: Field, world: World, slot: number): FieldValue | undefined => {
	if (field.kind !== 'number' || !field.isMinimum?.(world, slot)) {
		return field.read(world, slot);
	}

	const value = field.read(world, slot);
	return value === undefined ? undefined : {atLeast: value};
};

/** Returns the colour role of a cell; undefined means plain, as for absent values. */
export const readTone = (field: Field, world: World, slot: number): Tone | undefined => {
	switch (field.kind) {
		case 'number': {
			const value = field.tone && field.read(world, slot);
			return value === undefined ? undefined : field.tone?.(value, world, slot);
		}

		case 'text': {
			const value = field.tone && field.read(world, slot);
			return value === undefined ? undefined : field.tone?.(value, world, slot);
		}

		case 'owners': {
			return 'process';
		}
	}
};
