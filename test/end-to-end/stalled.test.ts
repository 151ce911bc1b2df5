/** A terminal that takes nothing any more and does not end: a line that hangs, a window that somebody holds. */
import fs from 'node:fs';
import type {ExecutionContext} from 'ava';
import {openLive, openScene, testInNamespace} from '../helpers/conntop.js';
import type {Emulator} from '../helpers/emulator.js';
import {isHeldUp, until} from '../helpers/held-up.js';
import type {Scene} from '../helpers/namespace.js';
import {hasEnded} from '../helpers/process-tree.js';
import type {Pty} from '../helpers/pty.js';
import {stopOutput} from '../helpers/stop-output.js';

const redraw = '\u{C}';

/** Bytes that the program has read from its terminal and elsewhere. */
const bytesRead = (pid: number): number => Number(/^rchar: (?<bytes>\d+)/mv.exec(fs.readFileSync(`/proc/${pid}/io`, 'utf8'))?.groups?.bytes);

type Stalled = {readonly scene: Scene; readonly live: Pty; readonly goOn: () => void};

/** Has the program draw until its terminal takes nothing more. */
const fill = async ({type, pid}: Pty): Promise<void> => until(() => {
	type(redraw);
	return isHeldUp(pid);
}, 'the program to be held up');

/** The live view in front of a terminal that has taken all that it can. */
const stall = async (t: ExecutionContext, args: readonly string[] = [], isReady?: (screen: Emulator) => boolean): Promise<Stalled> => {
	const scene = await openScene(t, 'postgres');
	await scene.listen({port: 8080});
	const live = await openLive(t, scene, {
		columns: 200, rows: 50, args, ...(isReady && {isReady}),
	});
	const goOn = live.pauseReading();
	await fill(live);
	return {scene, live, goOn};
};

testInNamespace('a terminal that stands is drawn on once it goes on: what is true then, and nothing of what was meanwhile', async t => {
	const {scene, live, goOn} = await stall(t);
	const {pid} = live;
	const before = live.output().length;
	for (let count = 0; count < 200; count++) {
		const read = bytesRead(pid);
		live.type(redraw);
		await until(() => bytesRead(pid) > read, 'the key to be taken');
	}

	live.type('/postgres\r');
	await scene.listen({port: 8081});
	t.true(isHeldUp(pid));
	goOn();
	await live.waitFor(screen => screen.text().includes('search postgres') && screen.text().includes(':8081 '), 'the screen of now');
	t.is(live.emulator.lines().filter(line => line.startsWith(' conntop')).length, 1);
	t.true(live.emulator.lines().at(-1)?.includes('F1Help'));
	t.true(live.output().length - before < 100_000, 'the 200 screens of meanwhile were not kept');
	live.type('q');
	t.deepEqual(await live.exit, {exitCode: 0});
	t.false(live.emulator.isAlternate());
});

for (const [signal, number] of [['SIGTERM', 15], ['SIGHUP', 1]] as const) {
	testInNamespace(`${signal} ends it in front of a terminal that stands`, async t => {
		const {live, goOn} = await stall(t);
		const {pid} = live;
		live.kill(signal);
		await until(() => hasEnded(pid), 'the end of the program');
		goOn();
		t.deepEqual(await live.exit, {exitCode: 128 + number});
		t.like(live.terminalAfter(), {canonical: true, echo: true, signals: true});
		t.false(live.emulator.isAlternate(), 'the terminal is given back when it goes on, though the program is gone');
		t.like(live.emulator.modes(), {cursorHidden: false, mouse: false, bracketedPaste: false});
	});
}

testInNamespace('a terminal whose output was stopped goes on for the last bytes, and is given back', async t => {
	const scene = await openScene(t, 'postgres');
	await scene.listen({port: 8080});
	const live = await openLive(t, scene);
	stopOutput(live.pid);
	live.kill('SIGTERM');
	t.deepEqual(await live.exit, {exitCode: 143});
	t.false(live.emulator.isAlternate());
	t.like(live.emulator.modes(), {cursorHidden: false, mouse: false, bracketedPaste: false});
	t.like(live.terminalAfter(), {canonical: true, echo: true, signals: true});
});

testInNamespace('a quiet end waits for a terminal that stands but for a moment', async t => {
	const {live, goOn} = await stall(t);
	live.type('q');
	goOn();
	t.deepEqual(await live.exit, {exitCode: 0});
	t.false(live.emulator.isAlternate());
	t.false(live.emulator.modes().cursorHidden);
});

testInNamespace('a terminal that stands and is taken away ends it', async t => {
	const {live} = await stall(t);
	const {pid} = live;
	live.hangUp();
	await until(() => hasEnded(pid), 'the end of the program');
	t.pass();
});

testInNamespace('the reader of lines waits for its terminal, too, and ends on SIGTERM', async t => {
	const {live, goOn} = await stall(t, ['--screen-reader'], screen => screen.text().includes(' quits.'));
	live.type('/postgres\r');
	goOn();
	await live.waitFor(screen => screen.text().includes('postgres'), 'the answer to the keys');
	live.pauseReading();
	await fill(live);
	const {pid} = live;
	live.kill('SIGTERM');
	await until(() => hasEnded(pid), 'the end of the program');
	t.pass();
});
