import {runInside} from '../inside/run-inside.js';
import type {FilterFigures} from '../inside/filters.js';
import {startLoad} from '../load/load.js';
import {median, ratioOf} from '../measure/statistics.js';
import {ratioRow, type Group} from '../row.js';

/** The savings of filtering in the kernel. */
export const filters: Group = {
	name: 'filters',
	async run({many, rounds}, log) {
		log(`opening ${many} sockets`);
		const load = await startLoad(many);
		try {
			log(`listing those with port 443 in ${rounds} rounds`);
			const {rounds: {restricted, whole}, bytes, sockets} = await runInside<FilterFigures>(load.scene, 'filters.ts', [String(rounds)]);
			return [
				ratioRow({
					what: `CPU of a sample of ${many} sockets with \`port 443\` filtered in the kernel`,
					against: 'the sample of all sockets',
					budget: 0.4,
					ratio: ratioOf(restricted, whole),
					detail: `${median(restricted).toFixed(0)} ms for ${sockets.restricted} sockets; ${median(whole).toFixed(0)} ms for ${sockets.whole}`,
				}),
				{
					what: 'bytes that the kernel copies for this sample',
					against: 'all sockets, an eighth of which have port 443',
					budget: 0.2,
					unit: 'ratio',
					value: bytes.restricted / bytes.whole,
					detail: `${(bytes.restricted / 1000).toFixed(1)} kB; ${(bytes.whole / 1e6).toFixed(1)} MB`,
				},
			];
		} finally {
			await load.stop();
		}
	},
};
