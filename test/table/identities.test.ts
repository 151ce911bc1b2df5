import test from 'ava';
import fc from '../helpers/property.js';
import {ColumnStore} from '../../source/table/columns/column-store.js';
import {Life} from '../../source/table/columns/columns.js';
import {Identities} from '../../source/table/identities.js';

/** A store whose slots the test takes itself, and which grows early. */
class Slots extends ColumnStore {
	constructor() {
		super(2);
	}

	take(namespace: number, cookie: number): number {
		const slot = this.takeSlot();
		const {core} = this;
		core.namespace[slot] = namespace;
		core.cookieLow[slot] = cookie;
		core.life[slot] = Life.used;
		return slot;
	}

	free(slot: number): void {
		this.freeSlot(slot);
	}
}

const small = (max: number): fc.Arbitrary<number> => fc.integer({min: 0, max});

test('finds what a Map would find, in any order of dumps and in several namespaces', t => {
	const course = fc.array(fc.record({
		dumps: fc.array(fc.record({namespace: small(2), cookies: fc.array(small(9), {maxLength: 12})}), {maxLength: 4}),
		removed: fc.array(fc.record({namespace: small(2), cookie: small(9)}), {maxLength: 6}),
		/** Whether the slots of removed sockets are reused, or keep the rows of closed sockets. */
		isFreed: fc.boolean(),
	}), {maxLength: 8});
	fc.assert(fc.property(course, samples => {
		const slots = new Slots();
		const identities = new Identities(slots.capacity);
		const model = new Map<string, number>();
		for (const {dumps, removed, isFreed} of samples) {
			identities.begin();
			for (const {namespace, cookies} of dumps) {
				identities.enter(namespace);
				for (const cookie of cookies) {
					const key = `${namespace} ${cookie}`;
					const expected = model.get(key) ?? -1;
					t.is(identities.find(cookie, 0, slots.core), expected);
					t.is(identities.locate(cookie, 0, slots.core), expected);
					if (expected === -1) {
						const slot = slots.take(namespace, cookie);
						identities.add(slot, slots.core);
						model.set(key, slot);
					}
				}
			}

			for (const {namespace, cookie} of removed) {
				const slot = model.get(`${namespace} ${cookie}`);
				if (slot !== undefined) {
					identities.remove(slot, slots.core);
					model.delete(`${namespace} ${cookie}`);
					slots.core.life[slot] |= Life.closed;
					if (isFreed) {
						slots.free(slot);
					}
				}
			}
		}
	}));
});

test('a namespace that was removed starts empty', t => {
	const slots = new Slots();
	const identities = new Identities(slots.capacity);
	identities.enter(3);
	identities.add(slots.take(3, 7), slots.core);
	identities.forget(3);
	t.is(identities.namespace, 3);
	t.is(identities.find(7, 0, slots.core), -1);
	const slot = slots.take(3, 7);
	identities.add(slot, slots.core);
	t.is(identities.find(7, 0, slots.core), slot);
	identities.begin();
	t.is(identities.namespace, 0);
});
