import {startScene} from '../../test/helpers/namespace.js';
import {runInside} from '../inside/run-inside.js';
import type {EndsFigures} from '../inside/ends.js';
import {median, ratioOf} from '../measure/statistics.js';
import {ratioRow, type Group} from '../row.js';

/** What the kernel's news of ended sockets cost. */
export const ends: Group = {
	name: 'ends',
	async run({many, rounds}, tell) {
		const perRound = Math.max(500, many / 20);
		tell(`opening and closing ${perRound} connections in each of ${rounds} rounds`);
		const scene = await startScene('ends');
		try {
			const {connections, news, lost} = await runInside<EndsFigures>(scene, 'ends.ts', [String(rounds), String(perRound)]);
			const each = (times: readonly number[]): string => `${((median(times) / perRound) * 1000).toFixed(1)} µs`;
			return [
				ratioRow({
					what: 'CPU of reading and merging both ends of a connection that no sample saw',
					against: 'opening and closing it',
					budget: 0.6,
					ratio: ratioOf(news, connections),
					detail: `${each(news)} a connection; opening and closing ${each(connections)}; ${lost} news lost`,
				}),
			];
		} finally {
			await scene.stop();
		}
	},
};
