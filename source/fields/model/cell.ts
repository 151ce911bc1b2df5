import type {
	Field,
	FieldValue,
	Tone,
	World,
} from './field.js';

/** What a field says of a socket, for a cell or for JSON; undefined when it is absent. A number that is but the least one is marked so. */
export const readCell = (field: Field, world: World, slot: number): FieldValue | undefined => {
	if (field.kind !== 'number' || !field.isMinimum?.(world, slot)) {
		return field.read(world, slot);
	}

	const value = field.read(world, slot);
	return value === undefined ? undefined : {atLeast: value};
};

/** The role of colour of a socket's cell; undefined is plain, as for absent values. */
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
