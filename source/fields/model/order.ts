import type {
	Field,
	NumberField,
	Order,
	TextField,
	World,
} from './field.js';
import {compareText, packText} from './text-order.js';

/**
The finer order of sockets whose keys are equal; undefined when equal keys mean equal values. It agrees with the keys, and is to be asked only about
sockets whose field is present.
*/
export const compareSlots = (field: Field): Order['compare'] => orderOf(field).compare;

/**
Reads the major keys of sockets in the order by a field: one number each, cheap to make. NaN stands for "absent" and is to come last in either direction.

@param field
@param world
@param slots
@param into By slot.
*/
export const readKeys = (field: Field, world: World, slots: Uint32Array, into: Float64Array): void => {
	const order = orderOf(field);
	(order.keys ?? readEach(order.key))(world, slots, into);
};

/** Reads the keys one by one. */
const readEach = (read: NumberField['read']): NonNullable<Order['keys']> => (world, slots, into) => {
	const {length} = slots;
	for (let index = 0; index < length; index++) {
		const slot = slots[index];
		into[slot] = read(world, slot) ?? NaN;
	}
};

const orderOf = (field: Field): Order => {
	switch (field.kind) {
		case 'number': {
			return numberOrder(field);
		}

		case 'text': {
			return field.order ?? textOrder(field);
		}

		case 'owners': {
			return field.order;
		}
	}
};

const numberOrder = ({read}: NumberField): Order => ({key: (world, slot) => read(world, slot) ?? NaN, keys: readEach(read)});

const textOrder = ({read}: TextField): Order => ({
	key(world, slot) {
		const text = read(world, slot);
		return text === undefined ? NaN : packText(text);
	},
	compare: (world, a, b) => compareText(read(world, a) ?? '', read(world, b) ?? ''),
});
