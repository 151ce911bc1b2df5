import {startScene} from '../../test/helpers/namespace.js';
import {runInside} from '../inside/run-inside.js';
import type {DestroyEventsFigures} from '../inside/destroy-events.js';
import {median, ratioOf} from '../measure/statistics.js';
import {ratioRow, type Group} from '../row.js';

/** The cost of destroy events. */
export const socketDestroyEvents: Group = {
	name: 'destroy-events',
	async run({many, rounds}, log) {
		const perRound = Math.max(500, many / 20);
		log(`opening and closing ${perRound} connections in each of ${rounds} rounds`);
		const scene = await startScene('destroy-events');
		try {
			const {connections, events, lost} = await runInside<DestroyEventsFigures>(scene, 'destroy-events.ts', [String(rounds), String(perRound)]);
			const each = (times: readonly number[]): string => `${((median(times) / perRound) * 1000).toFixed(1)} µs`;
			return [
				ratioRow({
					what: 'CPU of reading and merging the destroy events of a short-lived connection',
					against: 'opening and closing it',
					budget: 0.6,
					ratio: ratioOf(events, connections),
					detail: `${each(events)} per connection; opening and closing ${each(connections)}; ${lost} events dropped`,
				}),
			];
		} finally {
			await scene.stop();
		}
	},
};
