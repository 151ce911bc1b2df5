import type {OwnersFigures} from '../inside/owners.js';
import {runInside} from '../inside/run-inside.js';
import {startLoad} from '../load/load.js';
import {median, ratioOf} from '../measure/statistics.js';
import {ratioRow, type Group} from '../row.js';

/** The cost of the owner search. */
export const owners: Group = {
	name: 'owners',
	async run({many, rounds}, log) {
		log(`opening ${many} sockets`);
		const load = await startLoad(many);
		try {
			log(`searching for their owners in ${rounds} rounds`);
			const figures = await runInside<OwnersFigures>(load.scene, 'owners.ts', [String(rounds), String(many / 100)], async ({replace}) => {
				await load.replace(replace);
			});
			const {first, ss, nothingNew, someNew, kernelShare} = figures;
			/** The part of a figure that the kernel takes. */
			const floorOf = (name: keyof typeof kernelShare, value: number) => ({value: value * kernelShare[name], made: `the kernel's part, ${(kernelShare[name] * 100).toFixed(0)} %`});
			const scan = median(first);
			const against = first.map(() => scan);
			return [
				ratioRow({
					what: `first scan for owners, ${many} descriptors`,
					against: '`ss -tanHp` minus `ss -tanH`',
					budget: 0.08,
					ratio: ratioOf(first, ss),
					detail: `${scan.toFixed(0)} ms, ${figures.found} of ${figures.sockets} found; \`ss\` ${median(ss).toFixed(0)} ms`,
					floor: floorOf('first', scan / median(ss)),
				}),
				ratioRow({
					what: 'update of owners, nothing new',
					against: 'the first scan',
					budget: 0.005,
					ratio: ratioOf(nothingNew, against),
					detail: `${median(nothingNew).toFixed(2)} ms`,
					floor: floorOf('nothingNew', median(nothingNew) / scan),
				}),
				ratioRow({
					what: 'update of owners, 1 % new sockets',
					against: 'the first scan',
					budget: 0.02,
					ratio: ratioOf(someNew, against),
					detail: `${median(someNew).toFixed(1)} ms; in the last round ${figures.newFound} of ${figures.newSockets} found`,
					floor: floorOf('someNew', median(someNew) / scan),
				}),
			];
		} finally {
			await load.stop();
		}
	},
};
