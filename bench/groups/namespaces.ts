import {startHost} from '../../test/helpers/namespace.js';
import type {NamespacesFigures} from '../inside/namespaces.js';
import {runInside} from '../inside/run-inside.js';
import {median, ratioOf} from '../measure/statistics.js';
import {ratioRow, type Group} from '../row.js';

/** Network namespaces besides the own. */
const further = 8;

/** What each further network namespace costs. */
export const namespaces: Group = {
	name: 'namespaces',
	async run({rounds}, tell) {
		tell(`making ${further} namespaces`);
		const host = await startHost('namespaces');
		try {
			const neighbours = await Promise.all(Array.from({length: further}, async (_, index) => host.neighbour(`further${index}`)));
			try {
				tell(`sampling them in ${rounds} rounds`);
				const {all, own, walk} = await runInside<NamespacesFigures>(host, 'namespaces.ts', [String(rounds)]);
				const each = all.map((time, round) => (time - own[round]) / further);
				return [
					ratioRow({
						what: 'CPU of each further network namespace in a sample',
						against: 'receiving the same dumps and throwing them away: the walk of the kernel\'s tables',
						budget: 2,
						ratio: ratioOf(each, walk),
						detail: `${median(each).toFixed(1)} ms a namespace; the walk ${median(walk).toFixed(1)} ms`,
					}),
				];
			} finally {
				await Promise.all(neighbours.map(async ({stop}) => stop()));
			}
		} finally {
			await host.stop();
		}
	},
};
