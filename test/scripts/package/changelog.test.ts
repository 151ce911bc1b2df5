import {readFile} from 'node:fs/promises';
import test from 'ava';
import {debianChangelog, readChangelog} from '../../../scripts/package/changelog.js';

const text = `# Changelog

## [Unreleased]

### Added

- Not yet.

## [0.2.0] - 2026-11-27

### Added

- \`one\` thing that goes on
  in the next line.
- Another.

## [0.1.0] - 2026-11-23

- The first.

[Unreleased]: #unreleased
[0.1.0]: #010
`;

test('versions are read with their dates and items; unreleased changes are skipped', t => {
	t.deepEqual(readChangelog(text).map(({version, date, points}) => ({version, date, points})), [
		{version: '0.2.0', date: '2026-11-27', points: ['`one` thing that goes on in the next line.', 'Another.']},
		{version: '0.1.0', date: '2026-11-23', points: ['The first.']},
	]);
});

test('Debian gets the same in its own form', t => {
	t.is(debianChangelog(readChangelog(text), 'Somebody <somebody@example.invalid>'), `conntop (0.2.0) unstable; urgency=medium

  * one thing that goes on in the next line.

  * Another.

 -- Somebody <somebody@example.invalid>  Fri, 27 Nov 2026 00:00:00 +0000

conntop (0.1.0) unstable; urgency=medium

  * The first.

 -- Somebody <somebody@example.invalid>  Mon, 23 Nov 2026 00:00:00 +0000
`);
});

test('long points are broken into lines of 80 columns', async t => {
	const releases = readChangelog(await readFile(new URL('../../../CHANGELOG.md', import.meta.url), 'utf8'));
	t.true(releases.length > 0);
	t.deepEqual(debianChangelog(releases, 'x <x@x>').split('\n').filter(line => line.length > 80), []);
});
