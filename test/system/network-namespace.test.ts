import fs from 'node:fs';
import process from 'node:process';
import test from 'ava';
import {comeBack, openNetworkNamespace, ownNamespacePath} from '../../source/system/network-namespace.js';

const ownInode = (): number => fs.statSync(ownNamespacePath).ino;

test('who is inside of a namespace comes back, with what is given and with what is thrown', t => {
	const namespace = openNetworkNamespace(ownNamespacePath, ownInode());
	t.teardown(() => {
		namespace?.close();
	});
	if (namespace === undefined) {
		t.fail('there is no network namespace');
	} else if (process.geteuid?.() === 0) {
		t.is(namespace.inside(() => 7), 7);
		t.throws(() => {
			namespace.inside(() => {
				throw new Error('within');
			});
		}, {message: 'within'});
		t.is(namespace.inside(() => ownInode()), ownInode());
	} else {
		t.throws(() => namespace.inside(() => 7), {code: 'EPERM'}, 'only privileged users may enter any');
	}
});

test('who cannot come back ends the program', t => {
	const ends: string[] = [];
	const lost = {message: 'conntop could not go back to its own network namespace: setns: ENOMEM'};
	t.throws(() => {
		comeBack(() => {
			throw new Error('setns: ENOMEM');
		}, ({message}) => {
			ends.push(message);
		});
	}, lost);
	t.deepEqual(ends, [lost.message]);
});
