import fs from 'node:fs';
import process from 'node:process';
import test from 'ava';
import {returnHome, openNetworkNamespace, ownNamespacePath} from '../../source/system/network-namespace.js';

const ownInode = (): number => fs.statSync(ownNamespacePath).ino;

test('returns to the own namespace after a result and after an error', t => {
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
		t.throws(() => namespace.inside(() => 7), {code: 'EPERM'}, 'only privileged users may enter a namespace');
	}
});

test('ends the program if returning fails', t => {
	const errors: string[] = [];
	const lost = {message: 'conntop could not go back to its own network namespace: setns: ENOMEM'};
	t.throws(() => {
		returnHome(() => {
			throw new Error('setns: ENOMEM');
		}, ({message}) => {
			errors.push(message);
		});
	}, lost);
	t.deepEqual(errors, [lost.message]);
});
