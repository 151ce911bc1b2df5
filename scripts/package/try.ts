/**
Installs a Debian package in fresh roots of Debian, runs it there, and purges it: `npm run try-package -- FILE.deb FOLDER`, as root. FOLDER has a root for each
version, as debootstrap makes them (`debootstrap --variant=minbase --include=libstdc++6 bookworm FOLDER/bookworm`).
*/
import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {execa} from 'execa';
import {startInShell} from '../../test/helpers/pty.js';

const [deb = '', folder = ''] = process.argv.slice(2);

/** Files of a root, except those that belong to dpkg or to the program's users. */
const filesOf = async (root: string): Promise<ReadonlySet<string>> => {
	const {stdout} = await execa('find', [root, '-xdev', '-not', '-path', `${root}/proc*`, '-not', '-path', `${root}/var/lib/dpkg/*`, '-not', '-path', `${root}/var/log/*`]);
	return new Set(stdout.split('\n').filter(file => !file.startsWith(`${root}/root/.cache`)));
};

const check = (isTrue: boolean, what: string): void => {
	if (!isTrue) {
		throw new Error(`not so: ${what}`);
	}

	process.stdout.write(`  ${what}\n`);
};

const view = async (root: string, user: string): Promise<void> => {
	const pty = startInShell({command: 'chroot', args: [`--userspec=${user}`, root, '/usr/bin/env', `HOME=${user === 'root' ? '/root' : '/nonexistent'}`, 'PATH=/usr/bin:/bin', 'conntop', '-a', '--netlink']});
	await pty.waitFor(screen => screen.text().includes('rtnl'), 'netlink sockets in the live view');
	pty.type('q');
	const {exitCode} = await pty.exit;
	check(exitCode === 0, `the live view, as ${user}`);
};

const tryIn = async (root: string): Promise<void> => {
	process.stdout.write(`${root}\n`);
	const run = async (...words: readonly string[]) => execa('chroot', [root, '/usr/bin/env', '-i', 'PATH=/usr/sbin:/usr/bin:/sbin:/bin', 'HOME=/root', ...words], {reject: false});
	const before = await filesOf(root);
	const node = await run('sh', '-c', 'command -v node');
	check(node.exitCode !== 0, 'there is no Node.js');
	fs.copyFileSync(deb, path.join(root, 'conntop.deb'));
	await execa('mount', ['-t', 'proc', 'proc', path.join(root, 'proc')]);
	try {
		const began = performance.now();
		const installed = await run('dpkg', '-i', '/conntop.deb');
		check(installed.exitCode === 0, `installed in ${((performance.now() - began) / 1000).toFixed(1)} s ${installed.exitCode === 0 ? '' : installed.stderr}`);
		const version = await run('conntop', '--version');
		check(/^\d+\.\d+\.\d+$/v.test(version.stdout), 'it starts');
		const list = await run('conntop', 'list', '--json', '--netlink');
		check(list.exitCode === 0 && list.stderr === '' && list.stdout.startsWith('{'), 'list, as root');
		const nobody = await run('setpriv', '--reuid=65534', '--regid=65534', '--clear-groups', 'conntop', 'list', '--json', '--netlink');
		check(nobody.exitCode === 0 && nobody.stdout.startsWith('{'), 'list, as nobody');
		await view(root, 'root');
		await view(root, 'nobody');
		const purged = await run('dpkg', '--purge', 'conntop');
		check(purged.exitCode === 0, 'purged');
	} finally {
		await execa('umount', [path.join(root, 'proc')]);
		fs.rmSync(path.join(root, 'conntop.deb'), {force: true});
	}

	const after = await filesOf(root);
	const left = after.values().filter(file => !before.has(file)).toArray();
	check(left.length === 0, `nothing is left ${left.join(' ')}`);
};

for (const entry of fs.readdirSync(folder, {withFileTypes: true})) {
	if (entry.isDirectory()) {
		// eslint-disable-next-line no-await-in-loop -- One after another, so that the output is in order.
		await tryIn(path.join(path.resolve(folder), entry.name));
	}
}
