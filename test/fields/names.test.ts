import test from 'ava';
import {findField} from '../../source/fields/registry.js';
import {onlyNames, type Names} from '../../source/names/names.js';
import {createServiceNames} from '../../source/names/service-table.js';
import {createTestContext} from '../helpers/context.js';

const hosts: Readonly<Record<string, string>> = {'10.0.0.1': 'web', '192.0.2.7': 'client.example', '2001:db8::1': 'six.example'};
const asked: string[] = [];

const names: Names = {
	host(address) {
		asked.push(address);
		return hosts[address];
	},
	service: createServiceNames('gopher 70/tcp\nweb 443/tcp www\nquic 443/udp\nlate 40000/tcp\n'),
};

const textOf = (id: string, ...[ends]: Parameters<ReturnType<typeof createTestContext>['add']>): string | undefined => {
	const context = createTestContext();
	const slot = context.add(ends);
	return findField(id)?.named?.(context, slot, names);
};

test('shows endpoints with host and service names if they are known', t => {
	t.is(textOf('local', {local: ['10.0.0.1', 443], peer: ['192.0.2.7', 40_000]}), 'web:web');
	t.is(textOf('peer', {local: ['10.0.0.1', 443], peer: ['192.0.2.7', 40_000]}), 'client.example:40000');
	t.is(textOf('peer', {local: ['10.0.0.1', 443], peer: ['192.0.2.8', 70]}), '192.0.2.8:gopher');
	t.is(textOf('peer', {local: ['10.0.0.1', 443], peer: ['192.0.2.8', 40_000]}), undefined, 'the port has a service name, but was chosen by the kernel');
	t.is(textOf('localAddress', {local: ['10.0.0.1', 443], peer: ['192.0.2.8', 1]}), 'web');
	t.is(textOf('localPort', {local: ['10.0.0.1', 443], peer: ['192.0.2.8', 1]}), 'web');
	t.is(textOf('peerPort', {local: ['10.0.0.1', 443], peer: ['192.0.2.8', 1]}), undefined);
});

test('the wildcard has no host name, and port 0 no service name', t => {
	asked.length = 0;
	t.is(textOf('local', {local: ['0.0.0.0', 70]}), '0.0.0.0:gopher');
	t.is(textOf('peer', {local: ['0.0.0.0', 70]}), undefined);
	t.deepEqual(asked, []);
});

test('uses only the requested kinds of names', t => {
	const {host, service} = onlyNames(names, {hosts: true, services: false});
	t.is(host('10.0.0.1'), 'web');
	t.is(service(70, 'tcp'), undefined);
	t.is(onlyNames(names, {hosts: false, services: true}).host('10.0.0.1'), undefined);
});

test('finds services by port and transport, and common ones for ports that the file lacks', t => {
	t.is(names.service(443, 'tcp'), 'web');
	t.is(names.service(443, 'udp'), 'quic');
	t.is(names.service(70, 'udp'), undefined);
	t.is(names.service(22, 'tcp'), 'ssh');
	t.is(names.service(53, 'udp'), 'domain');
	t.is(names.service(12_345, 'tcp'), undefined);
});
