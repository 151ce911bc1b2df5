import test from 'ava';
import {namesOf} from '../../source/sources/names-of.js';
import type {SourceNames} from '../../source/sources/source-names.js';
import {fileFacts, netlinkFacts} from '../helpers/source-facts.js';

const namesWith = (prefix: string): SourceNames => ({
	userName: uid => `${prefix}-user-${uid}`,
	interfaceName: index => `${prefix}-interface-${index}`,
	namespace: inode => ({name: `${prefix}-namespace`, inode}),
	cgroupPath: id => `/${prefix}/${id}`,
	localPorts: () => ({from: 1, to: 2}),
	processDetails: () => ({commandLine: prefix}),
});

const local = namesWith('this machine');

test('a source of this machine uses the names of this machine', t => {
	t.deepEqual(namesOf({facts: netlinkFacts}, local), local);
});

test('a source of several network namespaces uses the names of each', t => {
	const {userName, cgroupPath, interfaceName, namespace, localPorts} = namesOf({
		facts: netlinkFacts,
		namespaces: {
			of: number => ({name: `blue ${number}`, inode: 5}),
			interfaceName: (index, number) => `eth${index} of ${number}`,
			localPorts: () => ({from: 3, to: 4}),
			hidden: () => 0,
		},
	}, local);
	t.is(interfaceName(7, 2), 'eth7 of 2');
	t.is(namespace(2)?.name, 'blue 2');
	t.deepEqual(localPorts?.(2), {from: 3, to: 4});
	t.is(userName(101), 'this machine-user-101');
	t.is(cgroupPath(9), '/this machine/9');
});

test('a source with its own names uses them, whatever this machine has', t => {
	const own = namesWith('the other machine');
	t.deepEqual(namesOf({facts: {...netlinkFacts, names: 'own'}, names: own}, local), own);
});

test('a source without names shows numbers', t => {
	const {userName, interfaceName, namespace, cgroupPath, localPorts, processDetails} = namesOf({facts: fileFacts}, local);
	t.is(userName(0), undefined);
	t.is(interfaceName(1, 0), undefined);
	t.is(namespace(0), undefined);
	t.is(cgroupPath(1), '1');
	t.is(localPorts, undefined);
	t.is(processDetails, undefined);
});
