import {spawn} from 'node:child_process';
import {once} from 'node:events';
import fs from 'node:fs';
import process from 'node:process';
import {fileURLToPath} from 'node:url';
import {openScene, testInNamespace} from '../helpers/conntop.js';
import {parsePrometheusText, sumOf} from '../helpers/prometheus-text.js';
import {startServing} from '../helpers/serving.js';

const program = fileURLToPath(import.meta.resolve('./slow-clients-program.ts'));

/** Resident memory of a process that was started through nsenter, in MB. */
const residentOf = (pid: number): number => Number(/^VmRSS:\s+(?<kilobytes>\d+)/mv.exec(fs.readFileSync(`/proc/${pid}/status`, 'utf8'))?.groups?.kilobytes) / 1024;

testInNamespace('serve answers 50 scrapes at once while other clients send nothing, read nothing, or send 10 MB of headers', async t => {
	const scene = await openScene(t);
	const serving = await startServing(t, scene);
	const first = await serving.samples();
	const resident = sumOf(first, 'conntop_resident_memory_bytes') / 1_000_000;
	const [command, args] = scene.inside(process.execPath, [`--import=${import.meta.resolve('tsx')}`, program, serving.address.split(':', 2)[1]]);
	const child = spawn(command, args, {stdio: ['pipe', 'pipe', 'inherit']});
	t.teardown(() => {
		child.kill();
	});
	await once(child.stdout, 'data');
	for (let round = 0; round < 2; round++) {
		const texts = await Promise.all(Array.from({length: 50}, async () => serving.get('/metrics', '--fail')));
		t.true(texts.every(text => sumOf(parsePrometheusText(text), 'conntop_samples_total') > 0));
	}

	t.is(await serving.get('/-/ready'), 'ready\n');
	// The margin is wide because V8 collects garbage late while it is busy.
	t.true(residentOf(serving.child.pid ?? 0) < resident + 400, 'memory is bounded');
	child.stdin.end();
	await once(child, 'exit');
	t.is(serving.stderr(), '');
});
