import test from 'ava';
import fc from '../helpers/property.js';
import {CookieIndex} from '../../source/table/cookie-index.js';

/** Few distinct halves, so that keys collide in one half and runs form. */
const half = fc.oneof(fc.integer({min: 0, max: 7}), fc.constantFrom(0xFF_FF_FF_FF, 0x80_00_00_00));

test('finds added keys and not removed ones, like a Map', t => {
	fc.assert(fc.property(
		fc.array(fc.record({low: half, high: half, isRemoval: fc.boolean()}), {maxLength: 300}),
		steps => {
			const lows = new Uint32Array(steps.length);
			const highs = new Uint32Array(steps.length);
			const index = new CookieIndex(4);
			const model = new Map<string, number>();
			for (const [slot, {low, high, isRemoval}] of steps.entries()) {
				const key = `${low} ${high}`;
				const known = model.get(key);
				if (known === undefined && !isRemoval) {
					lows[slot] = low;
					highs[slot] = high;
					index.add(slot, lows, highs);
					model.set(key, slot);
				} else if (known !== undefined && isRemoval) {
					index.remove(known, lows, highs);
					model.delete(key);
				}
			}

			for (const {low, high} of steps) {
				t.is(index.find(low, high, lows, highs), model.get(`${low} ${high}`) ?? -1);
			}

			t.is(index.size, model.size);
		},
	));
});

test('spreads the nearly sequential cookies of a real machine', t => {
	const count = 50_000;
	const lows = Uint32Array.from({length: count}, (_, slot) => 100_000 + slot);
	const highs = new Uint32Array(count);
	const index = new CookieIndex();
	for (let slot = 0; slot < count; slot++) {
		index.add(slot, lows, highs);
	}

	for (let slot = 0; slot < count; slot += 997) {
		t.is(index.find(lows[slot], 0, lows, highs), slot);
	}

	t.is(index.find(1, 0, lows, highs), -1);
});

test('while growing, finds old and new keys, but not removed ones, even if their slot has another key', t => {
	fc.assert(fc.property(fc.array(fc.record({low: fc.integer({min: 0, max: 400}), slot: fc.nat({max: 399})}), {minLength: 300, maxLength: 900}), steps => {
		const lows = new Uint32Array(400);
		const highs = new Uint32Array(400);
		const index = new CookieIndex(16);
		const slotOf = new Map<number, number>();
		const keyOf = new Map<number, number>();
		const remove = (slot: number): void => {
			index.remove(slot, lows, highs);
			slotOf.delete(lows[slot]);
			keyOf.delete(slot);
		};

		for (const {low, slot} of steps) {
			const known = slotOf.get(low);
			if (known !== undefined) {
				remove(known);
			} else if (keyOf.has(slot)) {
				remove(slot);
			} else {
				lows[slot] = low;
				index.add(slot, lows, highs);
				slotOf.set(low, slot);
				keyOf.set(slot, low);
			}

			t.is(index.find(low, 0, lows, highs), slotOf.get(low) ?? -1);
		}

		for (let low = 0; low <= 400; low++) {
			t.is(index.find(low, 0, lows, highs), slotOf.get(low) ?? -1);
		}

		t.is(index.size, slotOf.size);
	}));
});
