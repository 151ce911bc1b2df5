/** Completion in real shells, as a person types. */
import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import test, {type ExecutionContext} from 'ava';
import {completionScripts} from '../../source/completion/scripts.js';
import {builtProgram} from '../helpers/conntop.js';
import {makeFolder} from '../helpers/folder.js';
import {startInShell} from '../helpers/pty.js';
import {missingProgram, testUnless} from '../helpers/unless.js';

const cases = [
	['conntop list --sort rttV', 'rttVariance'],
	['conntop list autob', 'autobound'],
	['conntop --view probl', 'problems'],
] as const;

/** Starts a shell that knows the completion, and types. */
const complete = async (t: ExecutionContext, shell: 'bash' | 'zsh' | 'fish', args: (folder: string) => readonly string[]): Promise<void> => {
	const folder = makeFolder(t);
	const bin = path.join(folder, 'bin');
	fs.mkdirSync(bin);
	fs.writeFileSync(path.join(bin, 'conntop'), `#!/bin/sh\nexec ${process.execPath} ${builtProgram} "$@"\n`, {mode: 0o755});
	fs.writeFileSync(path.join(folder, 'script'), completionScripts[shell]);
	for (const [typed, whole] of cases) {
		const pty = startInShell({
			command: shell, args: args(folder), env: {
				PATH: `${bin}:${process.env.PATH ?? ''}`, HOME: folder, ZDOTDIR: folder, PS1: 'ready> ',
			},
		});
		t.teardown(pty.end);
		await pty.waitFor(screen => screen.text().includes('ready>'), 'the prompt');
		pty.type(`${typed}\t`);
		await pty.waitFor(screen => screen.text().includes(whole), whole);
	}

	t.pass();
};

test.serial('bash completes fields, words of filters and views', async t => {
	await complete(t, 'bash', folder => {
		fs.writeFileSync(path.join(folder, 'rc'), `. ${folder}/script\nPS1='ready> '\n`);
		return ['--rcfile', path.join(folder, 'rc'), '-i'];
	});
});

testUnless(missingProgram('zsh'), 'zsh completes them, too', async t => {
	await complete(t, 'zsh', folder => {
		fs.writeFileSync(path.join(folder, '.zshrc'), `PS1='ready> '\nautoload -Uz compinit && compinit -u\n. ${folder}/script\n`);
		return ['-i'];
	});
}, {isSerial: true});

testUnless(missingProgram('fish'), 'fish completes them, too', async t => {
	await complete(t, 'fish', folder => ['--no-config', '--init-command', `source ${folder}/script; function fish_prompt; echo -n 'ready> '; end`, '-i']);
}, {isSerial: true});
