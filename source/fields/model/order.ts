import type {
	Field,
	NumberField,
	Order,
	TextField,
	FieldContext,
} from './field.js';
import {compareText, packText} from './text-order.js';

/**
Returns how to order sockets whose keys are equal; undefined if equal keys mean equal values. The order agrees with the keys. It must be called only for sockets
that have the field.
*/
export const compareSlots = (field: Field): Order['compare'] => orderOf(field).compare;

/**
Reads the major sort keys of sockets, one number each. NaN means "absent" and must come last in both directions.

@param into Receives the keys, indexed by slot.
*/
export const readKeys = (field: Field, context: FieldContext, slots: Uint32Array, into: Float64Array): void => {
	const order = orderOf(field);
	(order.keys ?? readEach(order.key))(context, slots, into);
};

/** Reads keys one by one. */
const readEach = (read: NumberField['read']): NonNullable<Order['keys']> => (context, slots, into) => {
	const {length} = slots;
	for (let index = 0; index < length; index++) {
		const slot = slots[index];
		into[slot] = read(context, slot) ?? NaN;
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

const numberOrder = ({read}: NumberField): Order => ({key: (context, slot) => read(context, slot) ?? NaN, keys: readEach(read)});

const textOrder = ({read}: TextField): Order => ({
	key(context, slot) {
		const text = read(context, slot);
		return text === undefined ? NaN : packText(text);
	},
	compare: (context, a, b) => compareText(read(context, a) ?? '', read(context, b) ?? ''),
});
