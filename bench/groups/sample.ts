import {runInside} from '../inside/run-inside.js';
import type {HealthFigures} from '../inside/health.js';
import type {SampleFigures} from '../inside/sample.js';
import {startLoad} from '../load/load.js';
import {median, ratioOf} from '../measure/statistics.js';
import {ratioRow, type Group} from '../row.js';

/** The cost of a sample. */
export const sample: Group = {
	name: 'sample',
	async run({many, rounds}, log) {
		log(`opening ${many} sockets`);
		const load = await startLoad(many);
		try {
			await load.touchEverySecond(many * 0.05);
			log(`sampling them in ${rounds} rounds`);
			const {againstDiscarding, againstSs, sockets, bytes} = await runInside<SampleFigures>(load.scene, 'sample.ts', [String(rounds)]);
			const health = await runInside<HealthFigures>(load.scene, 'health.ts', [String(rounds)]);
			const {merged, discarded} = againstDiscarding;
			const {ss} = againstSs;
			const ours = `${median(merged).toFixed(0)} ms for ${sockets} sockets, ${(bytes / 1e6).toFixed(1)} MB`;
			return [
				ratioRow({
					what: `CPU of one TCP sample of ${many} sockets with \`tcp_info\`, merged into the table`,
					against: 'receiving and discarding the same dump',
					budget: 1.15,
					ratio: ratioOf(merged, discarded),
					detail: `${ours}; discarded ${median(discarded).toFixed(0)} ms`,
				}),
				ratioRow({
					what: 'the same',
					against: '`ss -tanHi`',
					budget: 0.1,
					ratio: ratioOf(againstSs.merged, ss),
					detail: `${median(againstSs.merged).toFixed(0)} ms; \`ss\` ${median(ss).toFixed(0)} ms`,
					floor: {value: median(againstSs.discarded) / median(ss), made: `receiving the dump and discarding it, ${median(againstSs.discarded).toFixed(0)} ms`},
				}),
				ratioRow({
					what: 'CPU of this sample with health problems (the column Health)',
					against: 'without',
					budget: 1.1,
					ratio: ratioOf(health.judged, health.merged),
					detail: `${median(health.judged).toFixed(0)} ms; without ${median(health.merged).toFixed(0)} ms`,
				}),
			];
		} finally {
			await load.stop();
		}
	},
};
