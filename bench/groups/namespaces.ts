import {startHost} from '../../test/helpers/namespace.js';
import type {NamespacesFigures} from '../inside/namespaces.js';
import {runInside} from '../inside/run-inside.js';
import {median, ratioOf} from '../measure/statistics.js';
import {ratioRow, type Group} from '../row.js';

/** How many network namespaces there are in addition to the program's own. */
const further = 8;

/** The cost of each further network namespace. */
export const namespaces: Group = {
	name: 'namespaces',
	async run({rounds}, log) {
		log(`creating ${further} namespaces`);
		const host = await startHost('namespaces');
		try {
			const neighbours = await Promise.all(Array.from({length: further}, async (_, index) => host.neighbour(`further${index}`)));
			try {
				log(`sampling them in ${rounds} rounds`);
				const {all, own, walk} = await runInside<NamespacesFigures>(host, 'namespaces.ts', [String(rounds)]);
				const each = all.map((time, round) => (time - own[round]) / further);
				return [
					ratioRow({
						what: 'CPU of each further network namespace in a sample',
						against: 'receiving and discarding the same dumps: the walk of the kernel\'s tables',
						budget: 2,
						ratio: ratioOf(each, walk),
						detail: `${median(each).toFixed(1)} ms per namespace; the walk ${median(walk).toFixed(1)} ms`,
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
