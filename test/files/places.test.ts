import os from 'node:os';
import path from 'node:path';
import test from 'ava';
import {userPlace} from '../../source/files/places.js';

test('each kind has its folder, below the home or set by a variable', t => {
	const home = os.homedir();
	t.deepEqual(userPlace('cache', ['main.code'], {}), {path: path.join(home, '.cache', 'conntop', 'main.code'), base: home});
	t.deepEqual(userPlace('config', [], {}), {path: path.join(home, '.config', 'conntop'), base: home});
	t.deepEqual(userPlace('state', ['a', 'b'], {}), {path: path.join(home, '.local', 'state', 'conntop', 'a', 'b'), base: home});
	for (const [kind, variable] of [['cache', 'XDG_CACHE_HOME'], ['config', 'XDG_CONFIG_HOME'], ['state', 'XDG_STATE_HOME']] as const) {
		t.deepEqual(userPlace(kind, ['x'], {[variable]: '/var/lib/me'}), {path: '/var/lib/me/conntop/x', base: '/var/lib'});
		t.deepEqual(userPlace(kind, ['x'], {[variable]: '/var/lib/me/'}), {path: '/var/lib/me/conntop/x', base: '/var/lib'});
	}
});

test('ignores a variable that is not an absolute path', t => {
	for (const value of ['', 'here', './here', '../here']) {
		t.deepEqual(userPlace('cache', [], {XDG_CACHE_HOME: value}), userPlace('cache', [], {}));
	}
});

test('ignores a home that is not an absolute path, and never uses the current folder', t => {
	for (const home of ['', 'here', '.']) {
		t.true(userPlace('config', ['config.toml'], {}, home).path.startsWith('/dev/null/'));
	}
});
