import test from 'ava';
import fc from '../helpers/property.js';
import {labelCgroup, type CgroupLabels} from '../../source/names/cgroup-labels.js';

const id = '0123456789abcdef'.repeat(4);
const short = '0123456789ab';
const uid = '8b0c2f6e-1d3a-4f57-9c1e-0a2b3c4d5e6f';
const escapedUid = uid.replaceAll('-', '_');

const table: ReadonlyArray<readonly [path: string, labels: CgroupLabels]> = [
	['/', {}],
	['', {}],
	['/init.scope', {unit: 'init.scope'}],
	['/system.slice', {unit: 'system.slice'}],
	['/system.slice/nginx.service', {unit: 'nginx.service'}],
	['/system.slice/system-getty.slice/getty@tty1.service', {unit: 'getty@tty1.service'}],
	['/system.slice/systemd-udevd.service/udev', {unit: 'systemd-udevd.service'}],
	['/user.slice/user-1000.slice/session-3.scope', {unit: 'session-3.scope'}],
	['/user.slice/user-1000.slice/user@1000.service/app.slice/app-firefox-1234.scope', {unit: 'app-firefox-1234.scope'}],
	['/user.slice/user-1000.slice/user@1000.service/app.slice/dbus.service', {unit: 'dbus.service'}],
	[`/system.slice/docker-${id}.scope`, {unit: `docker-${id}.scope`, container: `docker:${short}`}],
	[`/docker/${id}`, {container: `docker:${short}`}],
	[`/docker/${id}/system.slice/nginx.service`, {unit: 'nginx.service', container: `docker:${short}`}],
	[`/machine.slice/libpod-${id}.scope/container`, {unit: `libpod-${id}.scope`, container: `podman:${short}`}],
	[`/user.slice/user-1000.slice/user@1000.service/user.slice/libpod-${id}.scope`, {unit: `libpod-${id}.scope`, container: `podman:${short}`}],
	[`/libpod_parent/libpod-${id}`, {container: `podman:${short}`}],
	[`/machine.slice/libpod-conmon-${id}.scope`, {unit: `libpod-conmon-${id}.scope`}],
	[`/system.slice/nerdctl-${id}.scope`, {unit: `nerdctl-${id}.scope`, container: `nerdctl:${short}`}],
	[
		`/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod${escapedUid}.slice/cri-containerd-${id}.scope`,
		{unit: `cri-containerd-${id}.scope`, container: `containerd:${short}`, pod: uid},
	],
	[
		`/kubepods.slice/kubepods-besteffort.slice/kubepods-besteffort-pod${escapedUid}.slice/crio-${id}.scope`,
		{unit: `crio-${id}.scope`, container: `cri-o:${short}`, pod: uid},
	],
	[`/kubepods.slice/kubepods-pod${escapedUid}.slice`, {unit: `kubepods-pod${escapedUid}.slice`, pod: uid}],
	[`/kubepods/burstable/pod${uid}/${id}`, {container: `kubernetes:${short}`, pod: uid}],
	[`/kubepods/pod${uid}`, {pod: uid}],
	[`/ecs/task/${id}`, {container: `container:${short}`}],
	['/lxc.payload.web', {container: 'lxc:web'}],
	['/lxc.payload.web/system.slice/ssh.service', {unit: 'ssh.service', container: 'lxc:web'}],
	['/lxc/old', {container: 'lxc:old'}],
	['/lxc.monitor.web', {}],
	['/machine.slice/machine-fedora.scope', {unit: 'machine-fedora.scope', container: 'machine:fedora'}],
	[String.raw`/machine.slice/machine-qemu\x2d1\x2dvm.scope/libvirt/emulator`, {unit: String.raw`machine-qemu\x2d1\x2dvm.scope`, container: 'machine:qemu-1-vm'}],
	['/machine.slice/systemd-nspawn@box.service/payload', {unit: 'systemd-nspawn@box.service', container: 'machine:box'}],
	// The kubelet uses its own slices if the cgroup root of Kubernetes is not the root (kind, k3s, MicroK8s).
	[
		`/kubelet.slice/kubelet-kubepods.slice/kubelet-kubepods-burstable.slice/kubelet-kubepods-burstable-pod${escapedUid}.slice/cri-containerd-${id}.scope`,
		{unit: `cri-containerd-${id}.scope`, container: `containerd:${short}`, pod: uid},
	],
	[
		`/system.slice/docker-${'f'.repeat(64)}.scope/kubelet.slice/kubelet-kubepods.slice/kubelet-kubepods-pod${escapedUid}.slice/crio-${id}.scope/container`,
		{unit: `crio-${id}.scope`, container: `cri-o:${short}`, pod: uid},
	],
	[`/kubelet/kubepods/besteffort/pod${uid}/${id}`, {container: `kubernetes:${short}`, pod: uid}],
	[`/a.slice/a-b.slice/a-b-kubepods-guaranteed-pod${uid.replaceAll('-', '')}.slice/docker-${id}.scope`, {
		unit: `docker-${id}.scope`, container: `docker:${short}`, pod: uid.replaceAll('-', ''),
	}],
	// A runtime that is configured for systemd's names but creates cgroups itself writes all three in one component.
	[`/system.slice/containerd.service/kubepods-burstable-pod${escapedUid}.slice:cri-containerd:${id}`, {
		unit: 'containerd.service', container: `containerd:${short}`, pod: uid,
	}],
	[`/kubelet-kubepods-besteffort-pod${escapedUid}.slice:crio:${id}`, {container: `cri-o:${short}`, pod: uid}],
	[`/kata_overhead/kubepods-pod${escapedUid}.slice:cri-containerd:${id}`, {container: `containerd:${short}`, pod: uid}],
	[`/system.slice:docker:${id}`, {container: `docker:${short}`}],
	['/system.slice:runc:web', {container: 'runc:web'}],
	[`/:libpod:${id}`, {container: `podman:${short}`}],
	['/.slice:constructor:x', {}],
	['/a.slice:constructor:x', {container: 'constructor:x'}],
	['/a:b:c', {}],
	['/a.slice:b', {}],
	// Names before the id, by runtime and driver.
	[`/system.slice/web.service/libpod-payload-${id}`, {unit: 'web.service', container: `podman:${short}`}],
	['/system.slice/web.service/runtime', {unit: 'web.service'}],
	[`/machine.slice/machine-libpod_pod_${'f'.repeat(64)}.slice/libpod-${id}.scope/container`, {unit: `libpod-${id}.scope`, container: `podman:${short}`}],
	[`/machine.slice/crio-conmon-${id}.scope`, {unit: `crio-conmon-${id}.scope`}],
	[`/kubepods/burstable/pod${uid}/crio-${id}`, {container: `cri-o:${short}`, pod: uid}],
	[`/kubepods/burstable/pod${uid}/kata_${id}`, {container: `kata:${short}`, pod: uid}],
	[`/user.slice/user-1000.slice/user@1000.service/user.slice/docker-${id}.scope`, {unit: `docker-${id}.scope`, container: `docker:${short}`}],
	[`/system.slice/runc-${id}.scope`, {unit: `runc-${id}.scope`, container: `runc:${short}`}],
	[`/k8s.io/${id}`, {container: `containerd:${short}`}],
	[`/default/${id}`, {container: `containerd:${short}`}],
	[`/moby/${id}`, {container: `docker:${short}`}],
	['/docker/buildkit/k1x2c3v4b5n6m7q8w9e0r1t2y', {container: 'buildkit:k1x2c3v4b5n6'}],
	[`/ecs/${id.slice(0, 32)}/${id.slice(0, 32)}-1234567890`, {container: `ecs:${short}`}],
	[`/ecstasks.slice/ecstasks-${id.slice(0, 32)}.slice/docker-${id}.scope`, {unit: `docker-${id}.scope`, container: `docker:${short}`}],
	[`/garden/${uid}`, {container: `container:${uid.slice(0, 12)}`}],
	['/lxc/101/ns', {container: 'lxc:101'}],
	// Containers in containers.
	[`/kubepods.slice/kubepods-pod${escapedUid}.slice/cri-containerd-${'f'.repeat(64)}.scope/docker/${id}/system.slice/ssh.service`, {
		unit: 'ssh.service', container: `docker:${short}`, pod: uid,
	}],
	[`/../../kubepods/pod${uid}/${id}`, {container: `kubernetes:${short}`, pod: uid}],
	[`/docker/${id.slice(1)}`, {}],
	[`/docker/${id.toUpperCase()}`, {}],
	['/.service', {}],
	['/x.services', {}],
];

for (const [path, labels] of table) {
	test(`labels of ${path === '' ? 'nothing' : path}`, t => {
		t.deepEqual(labelCgroup(path), labels);
	});
}

test('labels the innermost container', t => {
	const inner = 'f'.repeat(64);
	t.is(labelCgroup(`/docker/${id}/docker/${inner}`).container, 'docker:ffffffffffff');
});

test('accepts any path, and each label is a part of it', t => {
	const component = fc.oneof(fc.string({unit: 'binary'}), fc.constantFrom('docker', 'lxc', '\u{1B}[31m.service', 'machine-\u{202E}.scope', String.raw`machine-\xff\x2.scope`, id));
	fc.assert(fc.property(fc.array(component), components => {
		const path = `/${components.join('/')}`;
		const {unit, container} = labelCgroup(path);
		t.true(unit === undefined || path.split('/').includes(unit));
		t.true(container === undefined || container.includes(':'));
	}), {numRuns: 300});
});
