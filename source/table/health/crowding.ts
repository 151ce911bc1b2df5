/** Finds the destinations for which ports run out, and how soon. */
import type {Parts} from '../../parts/parts.js';
import type {SampledColumns} from '../columns/sampled-columns.js';
import {
	findDestinations,
	type Destination,
	type Destinations,
	type PortRange,
} from './destinations.js';
import {thresholds} from './thresholds.js';

/** How far the ports for one destination are used. */
export type Crowding = {
	/** Ports in use, and ports that there are. */
	readonly used: number;
	readonly size: number;
	/** Milliseconds until none is left if it goes on as between the last samples; undefined if it gets no worse, or is not known. */
	readonly left: number | undefined;
};

export type Crowded = {
	/** Sets where the ranges of ports come from: the function takes the number of a network namespace. Without it, nothing is found. */
	readonly setRanges: (rangeOf: (namespace: number) => PortRange) => void;
	/** Finds the destinations of the current sample. */
	readonly update: () => Parts<Destinations | undefined>;
	/** How far the ports are used for the destination of a socket; undefined if enough are left. */
	readonly of: (slot: number) => Crowding | undefined;
};

/** Gives the milliseconds until a destination has no port left, from the counts of the call before. */
export const createForecast = (): ((destinations: readonly Destination[], now: number) => (destination: Destination) => number | undefined) => {
	let before: ReadonlyMap<number, number> = new Map();
	let countedAt = NaN;
	return (destinations, now) => {
		const elapsed = now - countedAt;
		const known = before;
		before = new Map(destinations.map(({key, used}) => [key, used]));
		countedAt = now;
		return ({key, used, size}) => {
			const grown = used - (known.get(key) ?? NaN);
			return grown > 0 && elapsed > 0 ? (size - used) / grown * elapsed : undefined;
		};
	};
};

export const createCrowded = (table: SampledColumns): Crowded => {
	const forecast = createForecast();
	let rangeOf: ((namespace: number) => PortRange) | undefined;
	let destinations: Destinations | undefined;
	let left: (destination: Destination) => number | undefined = () => undefined;
	return {
		setRanges(ranges) {
			rangeOf = ranges;
		},
		* update() {
			destinations = rangeOf && (yield * findDestinations(table, rangeOf, thresholds.usedPorts));
			left = forecast(destinations?.all ?? [], table.now);
			return destinations;
		},
		of(slot) {
			const destination = destinations?.of(slot);
			return destination && {used: destination.used, size: destination.size, left: left(destination)};
		},
	};
};
