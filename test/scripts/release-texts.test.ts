import test from 'ava';
import {isNewer, withRelease, withVersion} from '../../scripts/release-texts.js';

test('a release has a later version', t => {
	t.true(isNewer('0.2.0', '0.1.9'));
	t.true(isNewer('1.0.0', '0.10.9'));
	for (const version of ['0.1.9', '0.1.8', '0.0.10', '', '1', '1.0.0-rc.1', 'v1.0.0']) {
		t.false(isNewer(version, '0.1.9'), `"${version}"`);
	}
});

test('unreleased changes become a version; without any there is no release', t => {
	const rest = '## [0.1.0] - 2026-11-23\n\n- Old.\n\n[Unreleased]: #unreleased\n[0.1.0]: #010\n';
	t.is(
		withRelease(`## [Unreleased]\n\n- New.\n\n${rest}`, '0.2.0', '2026-11-27'),
		`## [Unreleased]\n\n## [0.2.0] - 2026-11-27\n\n- New.\n\n${rest.replace('[0.1.0]: ', '[0.2.0]: #020---2026-11-27\n[0.1.0]: ')}`,
	);
	t.is(withRelease(`## [Unreleased]\n\n${rest}`, '0.2.0', '2026-11-27'), undefined);
});

test('only the version of the package itself changes', t => {
	t.is(withVersion('{"version": "1.0.0", "x": {"version": "1.0.0"}}', '1.0.0', '1.1.0', 1), '{"version": "1.1.0", "x": {"version": "1.0.0"}}');
});
